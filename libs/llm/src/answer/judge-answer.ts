import { isDeepStrictEqual } from 'node:util';
import type { z } from 'zod';
import type { ModelTask } from '../task/model-task';
import { extractJson } from './extract-json';
import { readLooseJson } from './loose-json';
import { readingsOf } from './readings';
import { saidAloud } from './said-aloud';

/** What `judgeAnswer` looks at; every `ModelAnswer` and every recorded one has it. */
export interface JudgedAnswer {
  text: string;
  response: { finishReason: string; modelId?: string };
}

export const ANSWER_PROBLEMS = ['empty', 'truncated', 'refused', 'malformed-json', 'wrong-schema'] as const;
export type AnswerProblem = (typeof ANSWER_PROBLEMS)[number];

/** Whether an answer can be used. `problem` is written for the model: it goes into the repair as it is. */
export type Judgement<T> = { validation: 'valid'; value: T } | { validation: AnswerProblem; problem: string };

/** A model needs the first problems to do better, not all five hundred. */
const MAX_NAMED_ISSUES = 12;
const EMPTY = 'it is empty, as when a model refuses without a word or only thinks.';
/** What a model says when it refuses is shown to people up to this length, in characters. */
const MAX_REFUSAL = 300;

/**
 * Decides whether an answer is what the task asked for. Code fences and words around JSON are tolerated; a value that
 * is missing, cut off or of the wrong type is never made up.
 */
export function judgeAnswer<T>(task: ModelTask<T>, answer: JudgedAnswer): Judgement<T> {
  const known = judged.get(answer);
  if (known?.task === task) return known.judgement as Judgement<T>;
  const judgement = judge(task, answer);
  judged.set(answer, { task, judgement });
  return judgement;
}

/** Who records an answer and who uses it both ask; reading it once is enough. */
const judged = new WeakMap<JudgedAnswer, { task: unknown; judgement: Judgement<unknown> }>();

function judge<T>(task: ModelTask<T>, answer: JudgedAnswer): Judgement<T> {
  const text = saidAloud(answer.text);
  const incomplete = incompleteness(task, answer);
  if (text === '') return incomplete ?? { validation: 'empty', problem: EMPTY };
  if (task.schema === undefined) return incomplete ?? { validation: 'valid', value: text as T };
  return judgeJson(task.schema, text, incomplete);
}

interface Incomplete {
  validation: 'truncated' | 'refused';
  problem: string;
}

function incompleteness<T>(
  task: ModelTask<T>,
  { text, response: { finishReason } }: JudgedAnswer,
): Incomplete | undefined {
  if (finishReason === 'length') {
    const allowed = task.maxOutputTokens;
    // A token is hardly ever less than a character.
    const cut =
      text.length < allowed
        ? `it was cut off after ${text.length} characters (${allowed} tokens were allowed) by a limit of the server, its context window, or thinking that is not shown`
        : `it was cut off at the limit of ${allowed} tokens`;
    return { validation: 'truncated', problem: `${cut}. It must be shorter, to be complete.` };
  }
  if (finishReason === 'content-filter') {
    const said = saidAloud(text).slice(0, MAX_REFUSAL);
    const words = said === '' ? '.' : `: “${said}”`;
    return { validation: 'refused', problem: `the model refused, or a content filter stopped it${words}` };
  }
  return undefined;
}

function judgeJson<T>(schema: z.ZodType<T>, text: string, incomplete: Incomplete | undefined): Judgement<T> {
  const candidates = extractJson(text);
  const results = candidates.map((candidate) => schema.safeParse(candidate));
  const meant = firstOf(
    () => results.flatMap((result) => (result.success ? [result.data] : [])),
    () => candidates.flatMap((candidate) => readingsOf(schema, candidate)),
    () => looseReadings(schema, text),
  );
  if (meant.length > 0 && meant.every((value) => isDeepStrictEqual(value, meant[0]))) {
    return { validation: 'valid', value: meant[0]! };
  }
  if (meant.length > 1) {
    return {
      validation: 'malformed-json',
      problem: 'it contains several JSON values that fit; it must contain exactly one.',
    };
  }
  const wrong = results.find((result) => !result.success)?.error;
  if (wrong !== undefined) return { validation: 'wrong-schema', problem: nameIssues(wrong) };
  return incomplete ?? { validation: 'malformed-json', problem: 'it contains no complete JSON value.' };
}

function looseReadings<T>(schema: z.ZodType<T>, text: string): T[] {
  const loose = readLooseJson(text);
  return loose === undefined ? [] : readingsOf(schema, loose);
}

/** What the first of several ways to read brings, from the strictest on. */
function firstOf<T>(...ways: (() => T[])[]): T[] {
  for (const read of ways) {
    const found = read();
    if (found.length > 0) return found;
  }
  return [];
}

function nameIssues(error: z.ZodError): string {
  const issues = error.issues;
  const lines = issues.slice(0, MAX_NAMED_ISSUES).map((issue) => `- ${fieldPath(issue.path)}: ${issue.message}`);
  const more = issues.length - lines.length;
  if (more > 0) lines.push(`- and ${more} more`);
  return `its JSON does not have the shape that was asked for:\n${lines.join('\n')}`;
}

/** `scenes[2].title`, as a writer of JSON would name the place. */
export function fieldPath(path: readonly PropertyKey[]): string {
  const named = path.reduce<string>((text, part) => {
    if (typeof part === 'number') return `${text}[${part}]`;
    return text === '' ? String(part) : `${text}.${String(part)}`;
  }, '');
  return named === '' ? '(the whole value)' : named;
}
