import { alertCauseReported, alertChanged, messageBuried } from './alert.events';
import { auditRecorded } from './audit';
import { cancelRunCommandOf, forkBranchCommandOf, startRunsCommandOf, WORKING_SERVICES } from './commands';
import { type MessageContract, type RequestContract } from './contract';
import { branchChanged, planChanged, runFinished, runProgressed, runStarted } from './events';
import { blockLore, declareLore, holdLore, loreMoved, supplyLore, wakeLore } from './lore.messages';
import * as requests from './requests';
import { listDeadLetters, listOpenRuns, listTranscripts, readRunRecords, retryDeadLetter } from './requests';
import type { ServiceName } from '../plan/phases';

/** The services that run phases and so have transcripts. */
export const PHASE_SERVICES: ServiceName[] = ['planner', ...WORKING_SERVICES];
/** The services that receive messages and so may have dead letters. */
export const RECEIVING_SERVICES: ServiceName[] = [...PHASE_SERVICES, 'telemetry'];

/** Every command and event there is. */
export const ALL_MESSAGES: MessageContract[] = [
  ...WORKING_SERVICES.flatMap((service) => [
    startRunsCommandOf(service),
    cancelRunCommandOf(service),
    forkBranchCommandOf(service),
  ]),
  declareLore,
  blockLore,
  holdLore,
  supplyLore,
  wakeLore,
  loreMoved,
  runStarted,
  runProgressed,
  runFinished,
  planChanged,
  branchChanged,
  auditRecorded,
  alertCauseReported,
  alertChanged,
  messageBuried,
] as MessageContract[];

/** Every request there is. */
export const ALL_REQUESTS: RequestContract[] = [
  ...Object.values(requests).filter(isRequest),
  ...PHASE_SERVICES.flatMap((service) => [listTranscripts(service), readRunRecords(service), listOpenRuns(service)]),
  ...RECEIVING_SERVICES.flatMap((service) => [listDeadLetters(service), retryDeadLetter(service)]),
] as RequestContract[];

function isRequest(value: unknown): boolean {
  return typeof value === 'object' && value !== null && (value as { kind?: unknown }).kind === 'request';
}
