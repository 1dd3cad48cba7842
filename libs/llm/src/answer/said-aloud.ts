/**
 * Reasoning models think aloud in front of the answer, where their server does not part the two; that is neither prose nor
 * JSON of ours. What is opened and never closed is thinking to its end.
 */
const THINKING = new RegExp(
  [
    String.raw`^\s*(?:<(think|thinking|thoughts?|reasoning|analysis|seed:think)>[\s\S]*?(?:<\/\1>|$)`,
    String.raw`\[THINK\][\s\S]*?(?:\[\/THINK\]|$)`,
    String.raw`◁think▷[\s\S]*?(?:◁\/think▷|$)`,
    // Gemma 4.
    String.raw`<\|channel>thought\b[\s\S]*?(?:<channel\|>|$))`,
  ].join('|'),
);
/** Where the chat template has opened the thinking already, only its end is in the answer. */
const THOUGHT = /<\/(?:think(?:ing)?|thought|reasoning|seed:think)>|\[\/THINK\]|◁\/think▷/;

/** gpt-oss speaks in channels, and one of them is for others. Of servers that take the marks away, their names are left. */
const LAST_WORD =
  /^[\s\S]*<\|channel\|>\s*final\b[^<]*(?:<\|constrain\|>[^<]*)?<\|message\|>|^analysis[\s\S]*?assistantfinal/;
const ASIDE =
  /^\s*(?:<\|start\|>assistant)?<\|channel\|>(?:analysis|commentary)\b[\s\S]*?(?:<\|end\|>|$)(?:<\|start\|>assistant)?/;

/** How models mark the end of what they say, where their server does not take it away; after it comes somebody else's turn. */
const END_OF_TURN =
  /<\|(?:im_end|eot_id|eom_id|end|return|call|endoftext|end_of_text|end_of_box|eot|user|observation)\|>|<end_of_turn>|<turn\|>|<eos>|<｜end▁of▁sentence｜>|(?:<\/s>|\[\/INST\])\s*$/;
const BOX = /^<\|begin_of_box\|>/;
/** As models are taught that have thought before. */
const WRAPPED = /^<(answer|response|output|final_answer)>([\s\S]*)<\/\1>$/i;

/** What of an answer is said to whoever has asked: without what the model thinks aloud, and without the marks of its turns. */
export function saidAloud(text: string): string {
  let said = text.replace(LAST_WORD, '');
  for (let before = ''; said !== before; said = said.replace(ASIDE, '')) before = said;
  said = said.replace(THINKING, '');
  const thought = THOUGHT.exec(said);
  if (thought !== null) said = said.slice(thought.index + thought[0].length);
  const end = END_OF_TURN.exec(said);
  if (end !== null) said = said.slice(0, end.index);
  return said.trim().replace(BOX, '').replace(WRAPPED, '$2').trim();
}
