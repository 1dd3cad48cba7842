import { countWords } from './count-words';
import { foldText } from './fold';
import { paragraphsOf, type Paragraph, type Span } from './paragraphs';
import { quoteOf } from './quote';
import { sentencesOf, spanAt } from './sentences';
import { utterancesOf, type Utterance } from './speech';

/**
 * What the gates and the metrics need to know about a text, each part worked out once and only when asked for.
 * All spans are offsets into `text`, so whatever is found can be quoted to the letter.
 */
export class ProseReading {
  private cachedParagraphs?: Paragraph[];
  private cachedSentences?: Span[];
  private cachedFoldedSentences?: string[];
  private cachedUtterances?: Utterance[];
  private cachedNarration?: string;
  private cachedLowerNarration?: string;
  private cachedLowerCaseWords?: ReadonlySet<string>;
  private cachedFolded?: string;
  private cachedWordCount?: number;

  constructor(
    readonly text: string,
    readonly language: string,
  ) {}

  get isEnglish(): boolean {
    return /^en\b/i.test(this.language);
  }

  get paragraphs(): readonly Paragraph[] {
    return (this.cachedParagraphs ??= paragraphsOf(this.text));
  }

  get sentences(): readonly Span[] {
    return (this.cachedSentences ??= sentencesOf(this.text, this.paragraphs));
  }

  /** Each of `sentences` as `foldText` spells it. */
  get foldedSentences(): readonly string[] {
    return (this.cachedFoldedSentences ??= this.sentences.map(({ start, end }) =>
      foldText(this.text.slice(start, end)),
    ));
  }

  get utterances(): readonly Utterance[] {
    return (this.cachedUtterances ??= utterancesOf(this.text, this.paragraphs, this.language));
  }

  /**
   * The prose with speech, emphasis and headings blotted out by double quotes, so that offsets stay those of
   * `text` and what stands beside a quotation still reads as the end of a clause.
   */
  get narration(): string {
    return (this.cachedNarration ??= this.blotOut());
  }

  /** The narration in lower case with plain quotes and spaces; its offsets are those of `text` but for rare letters. */
  get lowerNarration(): string {
    return (this.cachedLowerNarration ??= this.narration
      .toLowerCase()
      .replace(/[\u2018\u2019]/g, "'")
      .replace(/\s/g, ' '));
  }

  /** The words that the prose writes without a capital at least once. */
  get lowerCaseWords(): ReadonlySet<string> {
    return (this.cachedLowerCaseWords ??= new Set(
      this.text.match(/[\p{L}\p{M}\p{N}]+/gu)?.filter((word) => word[0] === word[0]!.toLowerCase()),
    ));
  }

  /** The prose as `foldText` spells it. */
  get folded(): string {
    return (this.cachedFolded ??= foldText(this.text));
  }

  /** Words of the whole text (`countWords`). */
  get wordCount(): number {
    return (this.cachedWordCount ??= countWords(this.text, this.language));
  }

  sentenceAt(offset: number): Span | null {
    return spanAt(this.sentences, offset);
  }

  /** The sentence around `offset`, to the letter; null where there is none. */
  quoteSentenceAt(offset: number): string | null {
    const sentence = this.sentenceAt(offset);
    return sentence && quoteOf(this.text, sentence.start, sentence.end);
  }

  private blotOut(): string {
    const silent = this.paragraphs.filter((paragraph) => paragraph.kind === 'heading' || paragraph.kind === 'rule');
    const blots: Span[] = [...silent, ...this.utterances].sort((a, b) => a.start - b.start);
    let narration = '';
    let from = 0;
    for (const { start, end } of blots) {
      narration += this.text.slice(from, start) + '"'.repeat(end - start);
      from = end;
    }
    return narration + this.text.slice(from);
  }
}
