/** The first so many UTF-16 units of a text, without a half of a character at the end. */
export function beginning(text: string, most: number): string {
  return text.slice(0, most).replace(/\p{Surrogate}$/u, '');
}

/** A text of at most that many UTF-16 units, which ends in … where it was longer, and never in half of a character. */
export function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${beginning(text, most - 1)}…`;
}
