import type { LanguageModelV3CallOptions, LanguageModelV3Content } from '@ai-sdk/provider';
import { APICallError } from '@ai-sdk/provider';
import { renderTask } from '../task/render-task';
import { createRehearsalModel } from './rehearsal-model';

const material = {
  book: {
    title: 'The Salt Clock',
    author: 'M. Okafor',
    genre: ['mystery'],
    tone: 'wry',
    audience: 'adult',
    pov: 'third-limited',
    tense: 'past',
    language: 'en',
    premise: 'A clock stops in Halm Ferry.',
  },
  cast: [],
  chapters: 2,
};

const call = (abortSignal?: AbortSignal): LanguageModelV3CallOptions => {
  const [system, user] = renderTask({
    task: 'vision.compose',
    material,
    instructions: 'i',
    maxOutputTokens: 9,
  });
  return {
    prompt: [
      { role: 'system', content: system!.content },
      { role: 'user', content: [{ type: 'text', text: user!.content }] },
    ],
    responseFormat: { type: 'json' },
    abortSignal,
  };
};

const written = (content: LanguageModelV3Content[]): string =>
  content.map((part) => (part.type === 'text' ? part.text : '')).join('');

async function textOf(stream: ReadableStream<{ type: string; delta?: string }>): Promise<string> {
  let text = '';
  const reader = stream.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    if (next.value.type === 'text-delta') text += next.value.delta!;
  }
  return text;
}

describe('the rehearsal model', () => {
  it('answers alike whether whole or streamed, and counts its tokens', async () => {
    const model = createRehearsalModel({ modelId: 'novelist' });
    const whole = await model.doGenerate(call());
    const text = written(whole.content);
    expect(JSON.parse(text)).toHaveProperty('logline');
    expect(whole.finishReason.unified).toBe('stop');
    expect(whole.usage.outputTokens.total).toBe(Math.ceil(text.length / 4));
    expect(await textOf((await model.doStream(call())).stream)).toBe(text);
  });

  it('takes its time when told to, and stops at once when aborted', async () => {
    const model = createRehearsalModel({ modelId: 'novelist', latencyMs: 60_000 });
    const abort = new AbortController();
    const answer = model.doGenerate(call(abort.signal));
    abort.abort(new Error('cancelled by the writer'));
    await expect(answer).rejects.toThrow('cancelled by the writer');
    await expect(model.doGenerate(call(abort.signal))).rejects.toThrow('cancelled by the writer');
  });

  it('ends a stream that is aborted half way', async () => {
    const abort = new AbortController();
    const { stream } = await createRehearsalModel({ modelId: 'novelist' }).doStream(call(abort.signal));
    const reader = stream.getReader();
    await reader.read();
    abort.abort(new Error('cancelled'));
    const drain = async (): Promise<void> => {
      while (!(await reader.read()).done);
    };
    await expect(drain()).rejects.toThrow('cancelled');
  });

  it('fails every n-th call as a server that is briefly away would', async () => {
    const model = createRehearsalModel({ modelId: 'novelist', failEvery: 2 });
    await model.doGenerate(call());
    const failure: unknown = await Promise.resolve(model.doGenerate(call())).catch((error: unknown) => error);
    expect(APICallError.isInstance(failure) && failure.statusCode).toBe(503);
    expect(APICallError.isInstance(failure) && failure.isRetryable).toBe(true);
    await model.doGenerate(call());
  });

  it('answers nonsense every n-th time', async () => {
    const model = createRehearsalModel({ modelId: 'novelist', nonsenseEvery: 2 });
    await model.doGenerate(call());
    const { content } = await model.doGenerate(call());
    expect(() => JSON.parse(written(content))).toThrow(SyntaxError);
  });
});
