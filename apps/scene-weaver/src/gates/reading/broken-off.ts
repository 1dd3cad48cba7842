import type { Span } from './paragraphs';
import type { ProseReading } from './prose-reading';

/** A letter, a number or a comma: nothing with which a paragraph ends where its author ends sentences at all. */
const IN_THE_MIDST = /[\p{L}\p{M}\p{N},]$/u;
/** Fewer may be a name below a letter, or a sign. */
const FEWEST_WORDS = 4;
/** From so many other paragraphs it can be told how this author ends them. */
const FEWEST_OTHERS = 3;
/** Of the others, how many may end in the same way. */
const ODD_SHARE = 0.1;

/**
 * The last paragraph, if it stops in the midst of a sentence: servers cut an answer at a limit that they do not tell of, and
 * call it finished. Null where the others end so too, as in verse, or in languages and styles without full stops.
 */
export function brokenOff({ text, paragraphs }: ProseReading): Span | null {
  const written = paragraphs.filter(({ kind }) => kind !== 'rule' && kind !== 'heading');
  const last = written.at(-1);
  if (last === undefined || last.kind !== 'prose' || !stops(text, last)) return null;
  const words = text.slice(last.start, last.end).trim();
  if (words.split(/\s+/).length < FEWEST_WORDS || words === words.toUpperCase()) return null;
  const others = written.slice(0, -1).filter(({ kind }) => kind === 'prose');
  if (others.length < FEWEST_OTHERS) return null;
  const odd = others.filter((paragraph) => stops(text, paragraph)).length;
  return odd <= others.length * ODD_SHARE ? last : null;
}

function stops(text: string, { start, end }: Span): boolean {
  return IN_THE_MIDST.test(text.slice(start, end).trimEnd());
}
