import { z } from 'zod';
import type { ModelTask, Repair } from '../task/model-task';
import { AnswerInvalidError } from './answer-invalid.error';
import { renderTask } from '../task/render-task';
import { askUntilValid, MAX_REPAIRS } from './ask-until-valid';

const schema = z.object({ title: z.string() });
const task: ModelTask<z.infer<typeof schema>> = {
  task: 'blueprint',
  material: {},
  instructions: '',
  schema,
  maxOutputTokens: 100,
};

function scripted(...texts: string[]) {
  const repairs: (Repair | undefined)[] = [];
  const call = (n: number, repair: Repair | undefined) => {
    repairs.push(repair);
    return Promise.resolve({ text: texts[n]!, response: { finishReason: 'stop' } });
  };
  return { call, repairs };
}

describe('askUntilValid', () => {
  it('makes one call when the first answer is valid', async () => {
    const { call, repairs } = scripted('{"title":"Low Water"}');
    await expect(askUntilValid({ task, call })).resolves.toMatchObject({ value: { title: 'Low Water' }, calls: 1 });
    expect(repairs).toEqual([undefined]);
  });

  it('shows the model its last answer and what is wrong with it', async () => {
    const { call, repairs } = scripted('no', '{"title":{}}', '{"title":"Low Water"}');
    await expect(askUntilValid({ task, call })).resolves.toMatchObject({ calls: 3 });
    expect(repairs[1]).toMatchObject({ answer: 'no', problem: expect.stringContaining('no complete JSON') as string });
    expect(repairs[2]).toMatchObject({ answer: '{"title":{}}', problem: expect.stringContaining('title:') as string });
  });

  it('shows the model what it has said, without what it has thought and spaces without end', async () => {
    const endless = `{"title":${' \n'.repeat(3000)}`;
    const { call, repairs } = scripted(`<think>Hm.</think>{"title":{}}`, endless, '{"title":"Low Water"}');
    await askUntilValid({ task, call });
    expect(repairs[1]).toMatchObject({ answer: '{"title":{}}' });
    expect(renderTask(task, repairs[2])[2]!.content).toBe('{"title":');
  });

  it('names the model that has given up, and what leaves it more room', async () => {
    const cut = { text: 'The', response: { finishReason: 'length', modelId: 'qwen9' } };
    const failure = await askUntilValid({ task, call: async () => cut }).catch((error: unknown) => error);
    const { message } = failure as AnswerInvalidError;
    expect(message).toMatch(
      /^qwen9 gave no usable answer to blueprint in 3 calls. The last one cannot be used: it was cut off/,
    );
    expect(message).toMatch(/ A higher thinkingTokens for its provider gives it more room\.$/);
  });

  it.each([
    ['for good where all the room went into thinking each time', ['', '<think>Hm', ''], 'ANSWER_NOT_BEGUN', false],
    ['not for good where it has begun once', ['', 'The', ''], 'ANSWER_INVALID', true],
  ])('gives up a model that is cut off %s', async (_what, texts, code, retryable) => {
    const cut = (text: string) => ({ text, response: { finishReason: 'length' } });
    const failure = await askUntilValid({ task, call: async (n) => cut(texts[n]!) }).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code, retryable, calls: 3 });
    expect((failure as AnswerInvalidError).message).toContain('thinkingTokens for its provider');
  });

  it('gives up after the last repair, with an error that may be retried', async () => {
    const { call, repairs } = scripted('', '{}', 'still not');
    const failure = await askUntilValid({ task, call }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(AnswerInvalidError);
    expect(failure).toMatchObject({ code: 'ANSWER_INVALID', retryable: true, validation: 'malformed-json', calls: 3 });
    expect(repairs).toHaveLength(MAX_REPAIRS + 1);
  });

  it('shows people how the last answer begins, on one line, where it is not JSON', async () => {
    const { call } = scripted('', '{}', `Once upon\n\na time ${'x'.repeat(200)}`);
    const failure = await askUntilValid({ task, call }).catch((error: unknown) => error);
    expect((failure as AnswerInvalidError).message).toMatch(
      /contains no complete JSON value\. It begins: “Once upon a time x{83}…”$/,
    );
  });

  it('asks a model that refuses afresh, and gives it up for good after as many calls', async () => {
    const repairs: (Repair | undefined)[] = [];
    const call = async (_n: number, repair: Repair | undefined) => {
      repairs.push(repair);
      return { text: 'I cannot help with that.', response: { finishReason: 'content-filter' } };
    };
    const failure = await askUntilValid({ task, call }).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: 'ANSWER_REFUSED',
      retryable: false,
      message: expect.stringContaining('the model refused, or a content filter stopped it: “I cannot help with that.”'),
    });
    expect(repairs).toEqual(Array.from({ length: MAX_REPAIRS + 1 }, () => undefined));
  });

  it('passes on what the call throws', async () => {
    const call = () => Promise.reject(new Error('cut'));
    await expect(askUntilValid({ task, call })).rejects.toThrow('cut');
  });
});
