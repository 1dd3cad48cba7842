import { classAt, UPPER, widthAt, WORD } from './characters';

const [LINE_FEED, BLANK, QUOTE, APOSTROPHE, OPENING, CLOSING] = [10, 32, 0x22, 0x27, 0x28, 0x29];
const ENDS = new Set(Array.from('.!?', (mark) => mark.charCodeAt(0)));

/** What a text is made of. */
export interface Page {
  /** In lower case; apostrophes within a word belong to it. */
  words: string[];
  /** Words of each sentence and of each paragraph; those without words are left out. */
  sentences: number[];
  paragraphs: number[];
  /** Words between double quotes; a speech that nobody closes ends with its line. */
  spoken: number;
}

/** Reads a text in `plainText`, once. */
export function readPage(text: string): Page {
  const page: Page = { words: [], sentences: [], paragraphs: [], spoken: 0 };
  let isSpeech = false;
  let sentence = 0;
  let paragraph = 0;
  const endSentence = (): void => {
    if (sentence > 0) page.sentences.push(sentence);
    sentence = 0;
  };
  const endParagraph = (): void => {
    if (paragraph > 0) page.paragraphs.push(paragraph);
    paragraph = 0;
  };
  for (let at = 0; at < text.length;) {
    if (classAt(text, at) & WORD) {
      const end = wordEnd(text, at);
      page.words.push(lowered(text, at, end));
      sentence += 1;
      paragraph += 1;
      if (isSpeech) page.spoken += 1;
      at = end;
      continue;
    }
    const unit = text.charCodeAt(at);
    if (unit === QUOTE) isSpeech = !isSpeech;
    else if (unit === LINE_FEED) {
      isSpeech = false;
      endSentence();
      if (text.charCodeAt(at + 1) === LINE_FEED) endParagraph();
    } else if (ENDS.has(unit) && beginsSentence(text, at + 1)) endSentence();
    at += widthAt(text, at, unit);
  }
  endSentence();
  endParagraph();
  return page;
}

function wordEnd(text: string, from: number): number {
  let end = from;
  for (;;) {
    while (end < text.length && classAt(text, end) & WORD) end += widthAt(text, end, text.charCodeAt(end));
    if (text.charCodeAt(end) !== APOSTROPHE || end + 1 >= text.length || !(classAt(text, end + 1) & WORD)) return end;
    end += 1;
  }
}

function lowered(text: string, from: number, end: number): string {
  const word = text.slice(from, end);
  for (let at = from; at < end; at++) {
    const unit = text.charCodeAt(at);
    // Nearly all words are in small letters already, and to be told so costs as much as the change.
    if (unit < 0x61 ? unit !== APOSTROPHE : unit > 0x7f) return word.toLowerCase();
  }
  return word;
}

/** Whether behind closing quotes and white space something begins as sentences do. */
function beginsSentence(text: string, from: number): boolean {
  let at = from;
  for (let unit = text.charCodeAt(at); unit === QUOTE || unit === APOSTROPHE || unit === CLOSING;) {
    unit = text.charCodeAt(++at);
  }
  const blank = at;
  while (text.charCodeAt(at) === BLANK || text.charCodeAt(at) === LINE_FEED) at += 1;
  if (at === blank || at >= text.length) return false;
  const unit = text.charCodeAt(at);
  return unit === QUOTE || unit === APOSTROPHE || unit === OPENING || (classAt(text, at) & UPPER) !== 0;
}
