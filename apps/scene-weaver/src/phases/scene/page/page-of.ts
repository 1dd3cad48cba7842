/** Where a block of Markdown code begins or ends. */
const FENCE = /^[ \t]*(?:`{3,}|~{3,})/;
/** `---`, `* * *`. Within a page it parts two passages; at its ends it parts nothing. */
const RULE = /^[-*_=~•·⁂\s]+$/u;
const HEADING = /^#{1,6}\s/;
/** A line in bold and nothing else, as titles are given where no heading is asked for. */
const BOLD_LINE = /^(\*\*|__)[^*_\n]+\1:?$/;
/** Words that a model has for what it was asked for, and people in a story hardly ever begin a line with. */
const PAGE_WORDS =
  /\b(?:scene|draft|version|revision|revised|rewritten|prose|szene|fassung|entwurf|escena|borrador|versione|scena|cena)\b|scène|versi[oó]n|versão|сцен|верси/iu;
const ANNOUNCING =
  /^(?:(?:sure|certainly|absolutely|okay|ok|understood|of course|gladly|natürlich|gerne?|bien sûr|claro)[,.!:]?\s|here(?:['’]s| is| are)\b|below\b|hier (?:ist|kommt|folgt)\b|voici\b|aqu[íi]\b|ecco\b|вот(?!\p{L})|the (?:revised|rewritten)\b)/iu;
const LONGEST_ANNOUNCEMENT = 200;
const COUNTED = /^[[(*_\s]*(?:total )?word ?count\b[^\p{L}]*(?:\p{L}+[^\p{L}]*)?$/iu;
const THE_END = /^[[(*_\s]*end of (?:the )?(?:scene|draft|revision)(?:\s+\d+)?[\])*_.\s]*$/iu;
const PARTING = /^(?:please )?(?:let me know|would you like|feel free)\b/iu;
/** A narrator may say this as well; below a rule it is the model. */
const REMARK = /^(?:i hope (?:this|that|the)|i(?:['’]ve| have) |notes?:|this (?:revision|version|draft)\b)/iu;
const PARTING_WORDS = /\b(?:revis\w*|draft|scene|adjust\w*|tweak\w*|changes?|feedback|version|rewrit\w*|findings?)\b/iu;
const SPEECH = /["“”„«»]/u;

/**
 * The page within a model's answer. Chat models put a scene into a code block, announce it ("Here is the revised scene:"),
 * give it a title or a count of its words, and say goodbye, whatever they are told; none of that is the book's. Only what
 * stands before the first and after the last paragraph is looked at. What could be a line of a story stays, and so does
 * an answer of which nothing would be left.
 */
export function pageOf(answer: string): string {
  const page = fencedIn(answer.trim());
  const paragraphs = [...page.matchAll(/\S[^\n]*(?:\n[ \t]*\S[^\n]*)*/g)];
  const texts = paragraphs.map(([text]) => text.trim());
  let start = 0;
  let end = texts.length;
  while (start < end && standsBefore(texts[start]!, texts[start + 1])) start++;
  while (end > start && standsAfter(texts[end - 1]!, texts[end - 2])) end--;
  if (start === end) return answer;
  const last = paragraphs[end - 1]!;
  return page.slice(paragraphs[start]!.index, last.index + last[0].length).trim();
}

/** What the only block of code holds, if that is most of the answer. In a story it may be a sign, or a letter. */
function fencedIn(answer: string): string {
  const lines = answer.split('\n');
  const fences = lines.flatMap((line, n) => (FENCE.test(line) ? [n] : []));
  if (fences.length !== 2) return answer;
  const inside = lines
    .slice(fences[0]! + 1, fences[1])
    .join('\n')
    .trim();
  return inside.length > answer.length / 2 ? inside : answer;
}

function standsBefore(paragraph: string, next: string | undefined): boolean {
  if (isMark(paragraph)) return true;
  if (paragraph.length > LONGEST_ANNOUNCEMENT || SPEECH.test(paragraph)) return false;
  const leadsOn = /[:：]$/.test(paragraph) || (next !== undefined && isMark(next));
  return leadsOn && ANNOUNCING.test(paragraph) && PAGE_WORDS.test(paragraph);
}

/** A title or a rule. */
function isMark(paragraph: string): boolean {
  return !paragraph.includes('\n') && [RULE, HEADING, BOLD_LINE].some((mark) => mark.test(paragraph));
}

function standsAfter(paragraph: string, previous: string | undefined): boolean {
  if ([RULE, COUNTED, THE_END].some((end) => end.test(paragraph))) return true;
  if (SPEECH.test(paragraph) || !PARTING_WORDS.test(paragraph)) return false;
  return PARTING.test(paragraph) || (previous !== undefined && RULE.test(previous) && REMARK.test(paragraph));
}
