/** A line or paragraph at an end of an answer, and its neighbour towards the page, or beyond. */
export interface Around {
  text: string;
  beside: string | undefined;
}

/** `---`, `* * *`, three quotes. Within a page a rule parts two passages; at its ends it parts nothing. */
const RULE = /^(?:[-*_=~•·⁂\s]+|"{3}|'{3})$/u;
const HEADING = /^#{1,6}\s/;
/** A line in bold and nothing else, as titles are given where no heading is asked for. */
const BOLD_LINE = /^(\*\*|__)[^*_\n]+\1:?$/;
const TAG = /^<\/?(?:scene|prose|text|draft|story|answer|output|revision)>$/i;
const STAGE_MARK =
  /^[[(]\s*(?:(?:the )?(?:scene|draft)\s+(?:begins|starts|ends)|(?:begin|start|end) (?:of )?(?:the )?scene)\b[^\])]{0,30}[\])]$/i;
/** `Scene 1: The Lamp`, `Chapter 1, Scene 2`, `Revised draft:`; a sentence has an end of another kind. */
const LABEL =
  /^(?:title:|(?:chapter|scene|part)\s+(?:\d+|[ivxlc]+|one|two|three|four|five|six|seven|eight|nine|ten)\b|(?:(?:the )?(?:first|final|revised|rewritten|full|complete) )?(?:scene|draft|version|revision|prose|text):)[^.!?…"“”„«»]{0,80}$/iu;
/** Words that a model has for what it was asked for, and people in a story hardly ever begin a line with. */
const PAGE_WORDS =
  /\b(?:scene|draft|version|revision|revised|rewritten|prose|szene|fassung|entwurf|escena|borrador|versione|scena|cena)\b|scène|versi[oó]n|versão|сцен|верси/iu;
const ANNOUNCING =
  /^(?:(?:sure|certainly|absolutely|okay|ok|understood|of course|gladly|natürlich|gerne?|bien sûr|claro)[,.!:]?\s|here(?:['’]s| is| are)\b|below\b|i(?:['’]ve| have) (?:revised|rewritten|written)\b|hier (?:ist|kommt|folgt)\b|voici\b|aqu[íi]\b|ecco\b|вот(?!\p{L})|the (?:revised|rewritten)\b)/iu;
const PROMISING = /\b(?:i(?:['’]ll| will)|let me) (?:now )?(?:write|draft|revise|rewrite)\b/i;
/** Who speaks to whoever has asked, and of what was asked for. */
const ADDRESSING =
  /\b(?:you asked|you requested|your (?:request|notes|findings)|as (?:asked|requested)|requested|findings)\b/i;
const LONGEST_ANNOUNCEMENT = 200;
const COUNTED =
  /^[[(*_\s]*(?:(?:total )?word ?count\b[^\p{L}]*(?:\p{L}+[^\p{L}]*)?|(?:approx(?:imately|\.)?|about|~)?\s*[\d,.]+\s+words[\])*_.\s]*)$/iu;
const THE_END = /^[[(*_\s]*end of (?:the )?(?:scene|draft|revision)(?:\s+\d+)?[\])*_.\s]*$/iu;
const PARTING = /^(?:please )?(?:let me know|would you like|feel free)\b/iu;
const ACCOUNTING =
  /^(?:all (?:of )?(?:the |your )?(?:beats|findings|requirements)\b|(?:i(?:['’]ve| have)? made )?the following changes\b|changes made\b|summary of (?:the )?changes\b|revision notes?\b)/iu;
/** A narrator may say this as well; below a rule it is the model. */
const REMARK =
  /^(?:i hope (?:this|that|the|you)|i(?:['’]ve| have)? (?:made|kept|revised|rewritten|added|tried)\b|notes?\b|this (?:revision|version|draft)\b)/iu;
const PARTING_WORDS =
  /\b(?:revis\w*|draft|scene|adjust\w*|tweak\w*|chang\w*|feedback|version|rewrit\w*|findings?|beats?|requirements?|notes?)\b/iu;
const SPEECH = /["“”„«»]/u;
const MARKS_OF_EMPHASIS = /^[*_#>\s]+/;

export function isRule(text: string): boolean {
  return RULE.test(text);
}

/** A title, a rule, a tag, or the words with which a model hands a page over. */
export function isOpener({ text, beside }: Around): boolean {
  if (isMark(text) || STAGE_MARK.test(text) || LABEL.test(text)) return true;
  if (text.length > LONGEST_ANNOUNCEMENT || SPEECH.test(text)) return false;
  if (!ANNOUNCING.test(text)) return false;
  const leadsOn = /[:：]$/.test(text) || (beside !== undefined && isMark(beside));
  if (PROMISING.test(text)) return true;
  return ADDRESSING.test(text) || (leadsOn && PAGE_WORDS.test(text));
}

/** A rule, a tag, a count of words, or the words with which a model takes its leave. */
export function isCloser({ text, beside }: Around): boolean {
  if ([RULE, TAG, STAGE_MARK, COUNTED, THE_END].some((end) => end.test(text))) return true;
  if (SPEECH.test(text) || !PARTING_WORDS.test(text)) return false;
  const said = text.replace(MARKS_OF_EMPHASIS, '');
  if (PARTING.test(said) || ACCOUNTING.test(said)) return true;
  return beside !== undefined && RULE.test(beside) && REMARK.test(said);
}

/** What stands below a rule at the end of an answer, and is no passage of the story. */
export function isAfterword(text: string): boolean {
  const said = text.replace(MARKS_OF_EMPHASIS, '');
  return PARTING_WORDS.test(said) && [PARTING, ACCOUNTING, REMARK].some((kind) => kind.test(said));
}

/** A title, a tag or a rule. */
function isMark(line: string): boolean {
  return [RULE, HEADING, BOLD_LINE, TAG].some((mark) => mark.test(line));
}
