import { measure, type Measured } from '../measures/measure';

/** A passage whose author is known. */
export interface KnownText {
  author: string;
  measured: Measured;
  /** Its first part alone, to learn what shortness does. */
  short: Measured;
}

/** Words of `KnownText.short`, about. */
const SHORT_SHARE = 1 / 3;

export function knownText(author: string, text: string): KnownText {
  const paragraphs = text.split('\n\n');
  const short: string[] = [];
  while (short.join('\n\n').length < text.length * SHORT_SHARE) short.push(paragraphs[short.length]!);
  return { author, measured: measure(text), short: measure(short.join('\n\n')) };
}
