import { clustersOf } from '../names/clusters';

export interface Span {
  /** In UTF-16 code units of the prose; `end` is the first that is not quoted. */
  start: number;
  end: number;
}

interface Folded {
  text: string;
  /** For each unit of `text`, where in the prose the cluster it comes from begins and ends. */
  spans: Span[];
}

const MARK = /^\p{M}/u;

/**
 * Finds quotations in a prose. Spaces, case and typographic quotes differ between what a model read and what it copies, so
 * they do not count.
 */
export class QuotablePage {
  private folded: Folded | undefined;

  constructor(private readonly prose: string) {}

  /** Where the quotation stands first, to the letter if it does so anywhere; undefined when it is not there. */
  locate(quote: string): Span | undefined {
    const exact = quote.trim();
    const start = exact === '' ? -1 : this.prose.indexOf(exact);
    // Nothing may be cut in two: a letter from its marks.
    if (start !== -1 && !MARK.test(this.prose.slice(start + exact.length))) return { start, end: start + exact.length };
    return this.locateFolded(quote);
  }

  private locateFolded(quote: string): Span | undefined {
    this.folded ??= fold(this.prose);
    const wanted = fold(quote).text.trim();
    if (wanted === '') return undefined;
    const at = this.folded.text.indexOf(wanted);
    if (at === -1) return undefined;
    return { start: this.folded.spans[at]!.start, end: this.folded.spans[at + wanted.length - 1]!.end };
  }
}

function fold(prose: string): Folded {
  let text = '';
  const spans: Span[] = [];
  for (const cluster of clustersOf(prose)) {
    const unit = cluster.isPlain ? cluster.text.toLowerCase() : unitOf(cluster.text);
    // Spaces in a row are one.
    if (unit === ' ' && text.endsWith(' ')) continue;
    text += unit;
    const span = { start: cluster.at, end: cluster.at + cluster.text.length };
    for (let index = 0; index < unit.length; index += 1) spans.push(span);
  }
  return { text, spans };
}

function unitOf(cluster: string): string {
  return cluster
    .normalize('NFKC')
    .replace(/[“”„«»]/g, '"')
    .replace(/[‘’‚]/g, "'")
    .replace(/\s+/g, ' ')
    .toLowerCase();
}
