import { WORLD_DOMAINS, type LoreNeed, type StartRun } from '@fiction/contracts';

/** Few names, so that different parts of a book often ask for the same. */
export const NAMES = ['Low Water', 'Marrow Quay', 'the Salt Guild', 'Old Mill'];
export const ENTRY = {
  aliases: [],
  summary: 'As it is.',
  facts: [{ statement: 'It is.', from: '0.0', until: null }],
  relations: [],
};
export const needFor = (roll: number): LoreNeed => ({
  domain: WORLD_DOMAINS[roll % 2]!,
  name: NAMES[roll % NAMES.length]!,
  why: 'it is needed',
});

/** What a run asks for: the same whenever it runs, on another branch maybe something else. */
export function needsOf({ runId, phase, branch }: StartRun, scene = 0): LoreNeed[] {
  const roll = Array.from(runId.replace(branch, '')).reduce(
    (sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 9973,
    scene + 7,
  );
  const often = phase === 'vision' ? 2 : 3;
  return roll % often === 0 ? [needFor(roll), ...(roll % 5 === 0 ? [needFor(roll + 1)] : [])] : [];
}
