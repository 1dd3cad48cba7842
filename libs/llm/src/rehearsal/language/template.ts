import type { SeededRandom } from './seeded-random';
import { conjugate, type Subject, type Tense } from './verbs';
import { capitalised, sentenceCased } from './wording';

/**
 * The notation of the banks:
 * - `{slot}` a value by name; `{^slot}` with a capital.
 * - `[find]` a verb whose subject is the point-of-view person, in the tense of the book; `[find|s]` subject he, she or
 *   it; `[find|p]` subject they.
 * - `[=had been/was]` the words before the slash in a past-tense book, those after it in a present-tense one.
 * - `<one|another>` either.
 * A template is compiled once and rendered often, so a thousand words cost a fraction of a millisecond.
 */
export interface RenderContext {
  /** Whether the point-of-view person is "I". */
  subject: 'I' | 's';
  tense: Tense;
  random: SeededRandom;
  slot(name: string): string;
}

type Part = (context: RenderContext) => string;

const compiled = new Map<string, Part[]>();

/** @throws SyntaxError for a bracket that is not closed; the specs render every template of the banks. */
export function render(template: string, context: RenderContext): string {
  return sentenceCased(renderPhrase(template, context));
}

/** As `render`, for words that will stand inside a sentence. */
export function renderPhrase(template: string, context: RenderContext): string {
  let parts = compiled.get(template);
  if (parts === undefined) {
    parts = compile(template);
    compiled.set(template, parts);
  }
  return joined(parts, context);
}

/** The slots a template needs. */
export function slotsOf(template: string): string[] {
  return [...template.matchAll(/\{\^?([\w.:]+)\}/g)].map((match) => match[1]!);
}

function joined(parts: readonly Part[], context: RenderContext): string {
  let text = '';
  for (const part of parts) text += part(context);
  return text;
}

function compile(template: string): Part[] {
  const parts: Part[] = [];
  let index = 0;
  while (index < template.length) {
    const special = template.slice(index).search(/[{[<]/);
    const end = special < 0 ? template.length : index + special;
    if (end > index) {
      const literal = template.slice(index, end).replaceAll("'", '’');
      parts.push(() => literal);
    }
    if (special < 0) break;
    const close = closing(template, end);
    const inner = template.slice(end + 1, close);
    parts.push({ '{': slotPart, '[': verbPart, '<': choicePart }[template[end] as '{' | '[' | '<'](inner));
    index = close + 1;
  }
  return parts;
}

function closing(template: string, start: number): number {
  const open = template[start]!;
  const close = { '{': '}', '[': ']', '<': '>' }[open]!;
  let depth = 0;
  for (let index = start; index < template.length; index += 1) {
    if (template[index] === open) depth += 1;
    if (template[index] === close) depth -= 1;
    if (depth === 0) return index;
  }
  throw new SyntaxError(`"${open}" is not closed in: ${template}`);
}

function slotPart(inner: string): Part {
  if (!inner.startsWith('^')) return (context) => context.slot(inner);
  const name = inner.slice(1);
  return (context) => capitalised(context.slot(name));
}

function verbPart(inner: string): Part {
  if (inner.startsWith('=')) {
    const slash = inner.indexOf('/');
    const past = compile(inner.slice(1, slash));
    const present = compile(inner.slice(slash + 1));
    return (context) => joined(context.tense === 'past' ? past : present, context);
  }
  const [base, subject] = inner.split('|') as [string, Subject | undefined];
  return (context) => conjugate(base, subject ?? context.subject, context.tense);
}

function choicePart(inner: string): Part {
  const choices = alternatives(inner).map(compile);
  return (context) => joined(choices[context.random.below(choices.length)]!, context);
}

/** Splits at the bars that are not inside brackets of their own. */
function alternatives(inner: string): string[] {
  const result: string[] = [];
  let depth = 0;
  let start = 0;
  for (let index = 0; index < inner.length; index += 1) {
    if ('<{['.includes(inner[index]!)) depth += 1;
    if ('>}]'.includes(inner[index]!)) depth -= 1;
    if (inner[index] === '|' && depth === 0) {
      result.push(inner.slice(start, index));
      start = index + 1;
    }
  }
  return [...result, inner.slice(start)];
}
