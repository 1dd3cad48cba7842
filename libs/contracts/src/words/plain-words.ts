import type { z } from 'zod';

const KINDS: Record<string, string> = {
  string: 'must be text',
  number: 'must be a number',
  int: 'must be a whole number',
  boolean: 'must be true or false',
  array: 'must be a list',
  object: 'must be a group of fields',
  record: 'must be a group of fields',
};

/**
 * What is wrong with a value, to be read after its field's name, for `parse(…, { error: plainWords })`. Messages that a
 * schema gives itself go before these; what has no words here keeps zod's.
 */
export const plainWords: z.core.$ZodErrorMap = (issue) => {
  switch (issue.code) {
    case 'invalid_type':
      return typeProblem(issue.expected, issue.input);
    case 'invalid_value':
      return issue.input === undefined ? 'is missing' : `must be ${oneOf(issue.values)}`;
    case 'too_small':
      return boundProblem(
        issue.origin,
        issue.minimum,
        'at least',
        issue.inclusive === false ? 'more than' : 'at least',
      );
    case 'too_big':
      return boundProblem(issue.origin, issue.maximum, 'at most', issue.inclusive === false ? 'less than' : 'at most');
    case 'invalid_key':
      return issue.issues[0]?.message;
    default:
      return undefined;
  }
};

function typeProblem(expected: string, input: unknown): string | undefined {
  if (input === undefined) return 'is missing';
  if (input === null) return 'has no value';
  const problem = KINDS[expected];
  // What YAML takes for something else than the writer meant.
  if (expected === 'string' && typeof input !== 'object') return `${problem}: put it in quotes`;
  const isNumber = expected === 'number' || expected === 'int';
  if (isNumber && typeof input === 'string' && isNumeral(input)) return `${problem}, without quotes`;
  return problem;
}

function isNumeral(text: string): boolean {
  return text.trim() !== '' && Number.isFinite(Number(text));
}

function boundProblem(origin: string, bound: number | bigint, count: string, compared: string): string | undefined {
  const size = bound.toLocaleString('en-US');
  if (origin === 'number' || origin === 'int') return `must be ${compared} ${size}`;
  const unit = { string: 'character', array: 'item' }[origin];
  if (unit === undefined) return undefined;
  if (count === 'at least' && bound === 1) return 'must not be empty';
  return `must have ${count} ${size} ${unit}${bound === 1 ? '' : 's'}`;
}

function oneOf(values: readonly unknown[]): string {
  const names = values.map(String);
  const last = names.pop() ?? 'nothing';
  return names.length === 0 ? last : `${names.join(', ')} or ${last}`;
}
