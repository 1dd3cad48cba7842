import type { GateFinding } from '@fiction/contracts';
import { checkBeats } from './beats.gate';
import type { GateInput } from './gate-input';
import { checkKnownNames } from './names/known-names.gate';
import { checkLength } from './length.gate';
import { checkLockedFacts } from './facts/locked-facts.gate';
import { checkKnowledge } from './knowledge/knowledge.gate';
import { checkPov } from './pov.gate';
import { ProseReading } from './reading/prose-reading';
import { checkRepetition } from './repetition.gate';

/**
 * The deterministic checks that decide whether a scene's prose is accepted; no finding means accepted.
 * Findings come in the order of `SCENE_GATES`, and within a gate in the order of the prose. A `quote`
 * is always a piece of the prose to the letter, or null where something is missing from it.
 * Pass a `reading` to share the work of reading the prose with `storyMetrics`. Never throws.
 */
export function checkScene(
  input: GateInput,
  reading: ProseReading = new ProseReading(input.prose, input.book.language),
): GateFinding[] {
  return [
    ...checkBeats(input, reading),
    ...checkPov(input, reading),
    ...checkLength(input, reading),
    ...checkKnownNames(input, reading),
    ...checkLockedFacts(input, reading),
    ...checkKnowledge(input, reading),
    ...checkRepetition(input, reading),
  ];
}
