import type { GateFinding, LoreNeed } from '@fiction/contracts';
import { RunBlockedError } from '@fiction/runtime';
import { contradictionsIn, ProseReading, unknownNamesIn, type GateInput } from '../gates';
import { domainOf } from '../gates/names/domain-cues';
import { SceneGatesError } from './scene-gates.error';

/** Longest line of a lore need, in UTF-16 units. */
const LONGEST_LINE = 300;

/** Findings that refuse a scene: those that the writer has not waived. */
export function refusing(findings: readonly GateFinding[]): GateFinding[] {
  return findings.filter(({ waived }) => waived !== true);
}

/** Whether the world bible is all that is wrong. */
export function lacksOnlyNames(open: readonly GateFinding[]): boolean {
  return open.every((finding) => finding.gate === 'known-names');
}

/**
 * Why a scene is not accepted. One that lacks nothing but names in the world bible waits for them; any other failure is
 * for people to judge.
 * @param open what refuses it (`refusing`)
 * @param after what has been tried, in words
 */
export function refusalOf(gate: GateInput, open: readonly GateFinding[], after: string): Error {
  if (!lacksOnlyNames(open)) return failureOf(gate, open, after);
  const needs = needsOf(gate);
  const names = needs.map(({ name, domain }) => `${name} (${domain})`).join(', ');
  return new RunBlockedError(`the prose names what the world bible does not know: ${names}`, {
    reason: 'LORE_NEEDED',
    needs,
  });
}

/** That the scene fails, whatever the findings are. */
export function failureOf(gate: GateInput, open: readonly GateFinding[], after: string): SceneGatesError {
  const contradictions = contradictionsIn(gate, new ProseReading(gate.prose, gate.book.language));
  const told = open.map(describe);
  return new SceneGatesError(
    `the scene did not pass its checks after ${after}: ${told.join('; ')}`,
    told,
    contradictions.flatMap(({ waived, ...contradiction }) => (waived ? [] : [contradiction])),
  );
}

/** What the world would have to establish for the prose to stand. */
export function needsOf(gate: GateInput): LoreNeed[] {
  const reading = new ProseReading(gate.prose, gate.book.language);
  return unknownNamesIn(gate, reading).map(({ name, quote }) => ({
    domain: domainOf(name, reading),
    name: name.slice(0, LONGEST_LINE),
    why: (quote === null ? 'The prose names it.' : `The prose names it: «${quote}»`).slice(0, LONGEST_LINE),
  }));
}

function describe(finding: GateFinding): string {
  return `${finding.gate}: ${finding.message}${finding.quote === null ? '' : ` («${finding.quote}»)`}`;
}
