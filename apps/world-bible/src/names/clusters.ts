/** A letter with the marks on it: what is folded together. */
export interface Cluster {
  text: string;
  /** In UTF-16 code units. */
  at: number;
  /** A letter of A to Z or a digit, with nothing on it. */
  isPlain: boolean;
}

const CLUSTER = /\P{M}\p{M}*|\p{M}+/uy;
/** No mark has a code before this one. */
const FIRST_MARK = 0x300;

/** The clusters of a text, in order. Nearly all of a text is plain, and costs no regular expression. */
export function clustersOf(text: string): Cluster[] {
  const clusters: Cluster[] = [];
  for (let at = 0; at < text.length;) {
    const code = text.charCodeAt(at);
    const next = at + 1 < text.length ? text.charCodeAt(at + 1) : 0;
    if (code < FIRST_MARK && next < FIRST_MARK) {
      clusters.push({ text: text[at]!, at, isPlain: isPlain(code) });
      at += 1;
    } else {
      CLUSTER.lastIndex = at;
      const [cluster] = CLUSTER.exec(text)!;
      clusters.push({ text: cluster, at, isPlain: cluster.length === 1 && isPlain(code) });
      at += cluster.length;
    }
  }
  return clusters;
}

function isPlain(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57);
}
