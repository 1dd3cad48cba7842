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
  /^(?:title:|(?:chapter|scene|part)\s+(?:\d+|[ivxlc]+|one|two|three|four|five|six|seven|eight|nine|ten)\b|(?:draft|version|revision) \d+$|(?:target )?word ?count\b[^:]{0,10}:|(?:(?:the )?(?:first|final|revised|rewritten|full|complete) )?(?:scene|draft|version|revision|prose|text):)[^.!?…"“”„«»]{0,80}$/iu;
/** Words that a model has for what it was asked for, and people in a story hardly ever begin a line with. */
const PAGE_WORDS =
  /\b(?:scene|draft|version|revision|revised|rewritten|prose|szene|fassung|entwurf|escena|borrador|versione|scena|cena)\b|scène|versi[oó]n|versão|сцен|верси/iu;
const ANNOUNCING =
  /^(?:(?:sure|certainly|absolutely|okay|ok|understood|of course|gladly|natürlich|gerne?|bien sûr|claro)[,.!:]?\s|here(?:['’]s| is| are)\b|below\b|i(?:['’]ve| have) (?:revised|rewritten|written)\b|the following is\b|hier (?:ist|kommt|folgt)\b|voici\b|aqu[íi]\b|ecco\b|вот(?!\p{L})|the (?:revised|rewritten)\b)/iu;
const PROMISING = /\b(?:i(?:['’]ll| will)|let me) (?:now )?(?:write|draft|revise|rewrite)\b/i;
/** Who speaks to whoever has asked, and of what was asked for. */
const ADDRESSING =
  /\b(?:you asked|you requested|your (?:request|notes|findings)|as (?:asked|requested)|requested|findings)\b/i;
/** No line of a story is all of it: who is eager and has something to show, or has a task to do. */
const EAGER =
  /^(?:sure|certainly|absolutely|okay|ok|of course)[,.!]\s(?:here|below)(?:['’]s| is)\b|^(?:i(?:['’]ll| will)|let me) (?:now )?(?:write|draft|revise|rewrite) the (?:scene|draft)\b.*\b(?:beats?|point of view|words|findings|requirements)\b/i;
/** `(Third-limited, past tense)`. */
const MANNER = /^[[(][^\])]{0,60}\b(?:first|third)[- ](?:person|limited|omniscient)\b[^\])]{0,60}[\])]$/i;
const LONGEST_ANNOUNCEMENT = 200;
const COUNTED =
  /^[[(*_\s]*(?:(?:total )?word ?count\b[^\p{L}]*(?:\p{L}+[^\p{L}]*)?|(?:total:?|approx(?:imately|\.)?|about|~)?\s*[\d,.]+\s+words[\])*_.\s]*)$/iu;
const THE_END =
  /^[[(*_#\s]*end of (?:chapter \d+[,:.]? ?)?(?:the )?(?:scene|draft|revision|chapter)?(?:\s+\d+)?[\])*_.\s]*$/iu;
/** In capitals: "The end." may be how a story ends. */
const LAST_MARK = /^[[(*_#\s]*(?:THE END|The End|END|End|FIN|END SCENE|To be continued)[\])*_…\s]*$/;
const PARTING = /^(?:please )?(?:let me know|would you like|feel free)\b/iu;
const ACCOUNTING =
  /^(?:all (?:of )?(?:the |your )?(?:beats|findings|requirements)\b|(?:i(?:['’]ve| have)? made )?the following changes\b|changes made\b|(?:beats?|mentions)(?: (?:checklist|check|covered|played|included))?:|this (?:scene|draft|version|revision)\b.*\b(?:beats?|word (?:limit|count)|findings?|requirements?)\b|notes?: (?:i (?:have|kept|played)|i['’]ve|this|mentions|all)\b|summary of (?:the )?changes\b|revision notes?\b)/iu;
/** A narrator may say this as well; below a rule it is the model. */
const REMARK =
  /^(?:i hope (?:this|that|the|you)|i(?:['’]ve| have)? (?:made|kept|revised|rewritten|added|tried)\b|notes?\b|this (?:revision|version|draft)\b)/iu;
const PARTING_WORDS =
  /\b(?:revis\w*|draft|scene|adjust\w*|tweak\w*|chang\w*|feedback|version|rewrit\w*|findings?|beats?|mentions|requirements?|notes?|works for you)\b/iu;
const SPEECH = /["“”„«»]/u;
const MARKS_OF_EMPHASIS = /^[*_#>([\s]+/;

export function isRule(text: string): boolean {
  return RULE.test(text);
}

/** A title, a rule, a tag, or the words with which a model hands a page over. */
export function isOpener({ text, beside }: Around): boolean {
  const label = text.replace(/^[*_]+/, '').replace(/[*_]+$/, '');
  if (isMark(text) || [STAGE_MARK, MANNER].some((mark) => mark.test(text)) || LABEL.test(label)) return true;
  if (text.length > LONGEST_ANNOUNCEMENT || SPEECH.test(text)) return false;
  if (EAGER.test(text) && PAGE_WORDS.test(text)) return true;
  if (!ANNOUNCING.test(text)) return false;
  const leadsOn = /[:：]$/.test(text) || (beside !== undefined && isMark(beside));
  if (PROMISING.test(text)) return true;
  return ADDRESSING.test(text) || (leadsOn && PAGE_WORDS.test(text));
}

/** A rule, a tag, a count of words, or the words with which a model takes its leave. */
export function isCloser({ text, beside }: Around): boolean {
  if ([RULE, TAG, STAGE_MARK, COUNTED, THE_END, LAST_MARK].some((end) => end.test(text))) return true;
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
