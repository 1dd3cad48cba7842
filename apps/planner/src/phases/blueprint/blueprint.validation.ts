import type { Blueprint } from '@fiction/contracts';
import type { Validation } from '../../artifacts/artifacts.repository';

/**
 * What a reader of the design would object to, found without a model: it is shown and passed on, and stops nothing.
 * @param expected `plantsBefore`: what the chapter before has planted; absent when chapters are designed side by side
 */
export function validateBlueprint(
  blueprint: Blueprint,
  expected: { beats: number; plantsBefore: string[] | undefined },
): Validation {
  const findings: string[] = [];
  if (blueprint.beats.length < expected.beats) {
    findings.push(`${blueprint.beats.length} beats were designed where ${expected.beats} were asked for`);
  }
  const texts = blueprint.beats.map((beat) => beat.text.toLowerCase());
  const repeated = texts.find((text, index) => texts.indexOf(text) !== index);
  if (repeated !== undefined) findings.push(`the beat "${repeated}" occurs twice`);
  const known = expected.plantsBefore?.map((plant) => plant.toLowerCase());
  for (const payoff of blueprint.payoffs) {
    if (known !== undefined && !known.includes(payoff.toLowerCase())) {
      findings.push(`"${payoff}" is paid off but was not planted in the chapter before`);
    }
  }
  return { status: findings.length === 0 ? 'valid' : 'warnings', findings };
}
