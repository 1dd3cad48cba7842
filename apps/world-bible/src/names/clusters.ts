/** A letter with the marks on it: what is folded together. */
export interface Cluster {
  text: string;
  /** In UTF-16 code units. */
  at: number;
  /** A letter of A to Z or a digit, with nothing on it. */
  isPlain: boolean;
}

const CLUSTER = /\P{M}\p{M}*|\p{M}+/uy;
const MARK = /\p{M}/uy;
/** No mark has a code before this one. */
const FIRST_MARK = 0x300;

/** The clusters of a text, in order. */
export function clustersOf(text: string): Cluster[] {
  const clusters: Cluster[] = [];
  for (let at = 0; at < text.length;) {
    const end = clusterEnd(text, at);
    clusters.push({ text: text.slice(at, end), at, isPlain: end === at + 1 && isPlain(text.charCodeAt(at)) });
    at = end;
  }
  return clusters;
}

/** Where the cluster that begins at `at` ends. Nearly all of a text is plain, and costs no regular expression. */
export function clusterEnd(text: string, at: number): number {
  // Past the end there is NaN, which is no mark either.
  if (text.charCodeAt(at) < FIRST_MARK && !(text.charCodeAt(at + 1) >= FIRST_MARK)) return at + 1;
  CLUSTER.lastIndex = at;
  return at + CLUSTER.exec(text)![0].length;
}

/** Where the plain letters from `at` on end, before one that has marks on it. */
export function plainEnd(text: string, at: number): number {
  let end = at;
  // Past the end there is NaN, which is at no place of the table.
  while (PLAIN[text.charCodeAt(end)] === 1) end += 1;
  return end > at && isMark(text, end) ? end - 1 : end;
}

function isMark(text: string, at: number): boolean {
  if (!(text.charCodeAt(at) >= FIRST_MARK)) return false;
  MARK.lastIndex = at;
  return MARK.test(text);
}

/** By code: whether it is a letter of A to Z or a digit. */
const PLAIN = new Uint8Array(128);
for (const code of new TextEncoder().encode('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'))
  PLAIN[code] = 1;

function isPlain(code: number): boolean {
  return PLAIN[code] === 1;
}
