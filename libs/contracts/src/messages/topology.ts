import { runFinished, runStarted } from './events';
import type { ServiceName } from '../plan/phases';
import { WORKING_SERVICES } from './commands';

/** A JetStream stream. Interest retention: a message goes when every consumer has acknowledged it. */
export interface StreamTopology {
  name: string;
  subjects: string[];
}

/** A durable consumer: all replicas of `service` share it. NATS 2.9 allows one filter each. */
export interface ConsumerTopology {
  name: string;
  stream: string;
  service: ServiceName;
  filter: string;
  /** How long messages are gathered before they are handled together, in milliseconds. */
  gatherMs: number;
  /** After a batch, the next one is gathered for this long, in milliseconds: none if left out. */
  restMs?: number;
}

export const COMMAND_STREAM: StreamTopology = { name: 'FICTION_COMMANDS', subjects: ['fiction.command.>'] };
export const EVENT_STREAM: StreamTopology = { name: 'FICTION_EVENTS', subjects: ['fiction.event.>'] };
export const STREAMS: StreamTopology[] = [COMMAND_STREAM, EVENT_STREAM];

/**
 * Every durable consumer there is. Each service makes sure of all of them at start-up, since a stream with interest
 * retention drops at once what nobody has yet declared an interest in.
 */
export const CONSUMERS: ConsumerTopology[] = [
  ...(['planner', ...WORKING_SERVICES] as const).map((service) => ({
    name: `${service}-commands`,
    stream: COMMAND_STREAM.name,
    service,
    filter: `fiction.command.${service}.>`,
    gatherMs: 0,
  })),
  // Only for people to see what is running: it may come a little later.
  { name: 'planner-starts', stream: EVENT_STREAM.name, service: 'planner', filter: runStarted.subject, gatherMs: 250 },
  // Whatever waits for a run is handed out at once; where many end one after the other, some of them together.
  {
    name: 'planner-runs',
    stream: EVENT_STREAM.name,
    service: 'planner',
    filter: runFinished.subject,
    gatherMs: 0,
    restMs: 50,
  },
  {
    name: 'telemetry-history',
    stream: EVENT_STREAM.name,
    service: 'telemetry',
    filter: 'fiction.event.>',
    // Whoever watches sees it a moment later, and a sixth as many transactions are needed while a book is being written.
    gatherMs: 50,
    restMs: 250,
  },
];
