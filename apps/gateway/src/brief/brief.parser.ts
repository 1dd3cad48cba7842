import { briefSchema, fieldProblems, plainWords, type Brief, type FieldProblem } from '@fiction/contracts';
import { bindingProblems } from './binding-problems';
import { BriefInvalidError } from './brief-invalid.error';
import { readFrontMatter } from './front-matter';
import type { BindableProviders } from './provider-catalogue';
import { illFormedStrings } from './ill-formed-strings';

/** A brief with every field at its longest has a few hundred; checking each of a million would only cost time. */
const MAX_PARTS = 2_000;

/**
 * A brief as Markdown: YAML front matter, then the premise.
 * @throws BriefInvalidError naming every problem
 */
export function parseMarkdownBrief(body: Uint8Array, providers: BindableProviders): Brief {
  const { fields, text, problems } = readFrontMatter(decode(body));
  // The premise is told of even when the fields cannot be read; the fields that would be missing then are not.
  if (fields === undefined) throw new BriefInvalidError([...problems, ...textProblems(text)]);
  const clash = Object.hasOwn(fields, 'text')
    ? [{ field: 'text', message: 'belongs after the front matter, not in it' }]
    : [];
  return checkBrief({ ...fields, text }, providers, [...problems, ...clash]);
}

/**
 * A brief as JSON: the same fields, and `text`.
 * @throws BriefInvalidError naming every problem
 */
export function parseJsonBrief(body: unknown, providers: BindableProviders): Brief {
  return checkBrief(body, providers, []);
}

function checkBrief(candidate: unknown, providers: BindableProviders, known: FieldProblem[]): Brief {
  if (hasMoreParts(candidate, MAX_PARTS)) {
    throw new BriefInvalidError([{ field: '(whole)', message: `has more than ${MAX_PARTS} parts` }]);
  }
  const parsed = briefSchema.safeParse(candidate, { error: plainWords });
  const problems = [
    ...known,
    ...(parsed.success ? [] : fieldProblems(parsed.error)),
    ...illFormedStrings(candidate),
    ...bindingProblems(candidate, providers),
  ];
  if (!parsed.success || problems.length > 0) throw new BriefInvalidError(problems);
  return parsed.data;
}

function hasMoreParts(value: unknown, limit: number): boolean {
  const waiting: unknown[] = [value];
  for (let seen = 0; waiting.length > 0; seen += 1) {
    if (seen + waiting.length > limit) return true;
    const part = waiting.pop();
    if (typeof part !== 'object' || part === null) continue;
    const inner = Object.values(part);
    if (inner.length > limit) return true;
    waiting.push(...inner);
  }
  return false;
}

function decode(body: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new BriefInvalidError([{ field: '(whole)', message: 'is not text in UTF-8' }]);
  }
}

function textProblems(text: string): FieldProblem[] {
  const parsed = briefSchema.shape.text.safeParse(text, { error: plainWords });
  return parsed.success ? [] : parsed.error.issues.map(({ message }) => ({ field: 'text', message }));
}
