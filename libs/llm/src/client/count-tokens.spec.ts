import { behave } from '@fiction/testing';
import { countTokens } from './count-tokens';
import { startWire, stopWires } from './wire/wire.fixture';

afterAll(stopWires);

describe('the tokens of a call', () => {
  const counts = (prompt: number, completion: number, total: number): string =>
    JSON.stringify({
      choices: [{ index: 0, message: { role: 'assistant', content: 'The tide.' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: prompt, completion_tokens: completion, total_tokens: total },
    });

  it.each([
    ['as the server counts them', counts(1000, 100, 1100), 100, 0.002],
    ['with what it has thought, where that is in the total alone', counts(1000, 100, 1700), 700, 0.008],
    ['without the rest of a total of something else', counts(1000, 100, 0), 100, 0.002],
  ])('are counted %s, and priced so', async (_what, body, outputTokens, costUsd) => {
    const prices = { novelist: { inputPerMillion: 1, outputPerMillion: 10 } };
    const own = await startWire({ prices });
    own.server.script('scene.draft', [behave.brokenBody(body, 'application/json')]);
    expect(await own.ask()).toMatchObject({ usage: { inputTokens: 1000, outputTokens }, costUsd });
  });

  it('are the characters by four where nobody counts, and flagged', () => {
    const reply = { text: 'The tide.', finishReason: 'stop', modelId: 'm', usage: undefined };
    expect(countTokens(reply, 20)).toEqual({ usage: { inputTokens: 20, outputTokens: 3 }, usageEstimated: true });
  });
});
