import {
  InvalidInputError,
  PHASES,
  type Binding,
  type BranchChanges,
  type FieldProblem,
  type SettledBrief,
} from '@fiction/contracts';

/** What a branch is made from. */
export interface ForkSource {
  brief: SettledBrief;
  /** What a chapter is to be like, by its number. */
  directions: Record<string, string>;
}

interface Bindings {
  problemOf(binding: Binding): 'provider' | 'model' | undefined;
}

/**
 * The brief and directions of a fork.
 * @throws InvalidInputError that names each change which cannot be made
 */
export function settleChanges(source: ForkSource, changes: BranchChanges, models: Bindings): ForkSource {
  const { tone, bindings = {}, directions = {} } = changes;
  const problems: FieldProblem[] = [];
  for (const [phase, binding] of Object.entries(bindings)) {
    const problem = binding && models.problemOf(binding);
    if (problem !== undefined) {
      problems.push({ field: `changes.bindings.${phase}.${problem}`, message: `there is no such ${problem}` });
    }
  }
  for (const chapter of Object.keys(directions)) {
    if (Number(chapter) <= source.brief.chapters) continue;
    const message = `the book has ${source.brief.chapters} chapters`;
    problems.push({ field: `changes.directions.${chapter}`, message });
  }
  if (problems.length > 0) throw new InvalidInputError('The fork asks for something that does not exist.', problems);
  return {
    brief: {
      ...source.brief,
      tone: tone ?? source.brief.tone,
      bindings: Object.fromEntries(
        PHASES.map((phase) => [phase, bindings[phase] ?? bindings.default ?? source.brief.bindings[phase]]),
      ) as SettledBrief['bindings'],
    },
    directions: { ...source.directions, ...directions },
  };
}
