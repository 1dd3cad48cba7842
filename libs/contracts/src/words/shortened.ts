/** A text of at most that many UTF-16 units, which ends in … where it was longer, and never in half of a character. */
export function shortened(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1).replace(/\p{Surrogate}$/u, '')}…`;
}
