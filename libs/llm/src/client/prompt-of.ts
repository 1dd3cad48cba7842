import type { LanguageModelV3Message, LanguageModelV3TextPart } from '@ai-sdk/provider';
import type { ProviderSettings } from '../providers/providers-file.schema';
import type { ChatMessage } from '../task/model-task';

/** Anthropic's API takes four marks in a prompt. One at the end of the material's last values each is what tasks share. */
const MOST_MARKS = 3;
const KEPT = { providerOptions: { anthropic: { cacheControl: { type: 'ephemeral' } } } };

/** Between two values of the material itself, as `renderTask` writes it: what stands in it deeper is indented further. */
const NEXT_VALUE = ',\n "';
const MATERIAL_END = '\n}\n</material>';

/**
 * The conversation as the AI SDK takes it. Other servers find by themselves what they have read before; Anthropic's keeps
 * what is marked, for calls with the same shape of answer, so it is told to where the shape is left to the prompt.
 */
export function promptOf(messages: ChatMessage[], settings: ProviderSettings): LanguageModelV3Message[] {
  const marked = settings.kind === 'anthropic' && settings.structuredOutputs === 'none';
  return messages.map(({ role, content }) => {
    if (role === 'system') return { role, content };
    return { role, content: marked && role === 'user' ? markedParts(content) : [{ type: 'text', text: content }] };
  });
}

function markedParts(content: string): LanguageModelV3TextPart[] {
  const ends: number[] = [];
  let at = content.indexOf(MATERIAL_END);
  while (at > 0 && ends.length < MOST_MARKS) {
    ends.unshift(at);
    at = content.lastIndexOf(NEXT_VALUE, at - 1);
  }
  const texts = [0, ...ends].map((from, index) => content.slice(from, ends[index]));
  return texts.map((text, index) => ({ type: 'text', text, ...(index < ends.length && KEPT) }));
}
