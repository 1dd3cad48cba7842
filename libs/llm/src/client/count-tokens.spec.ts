import type { LanguageModelV3Usage } from '@ai-sdk/provider';
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
    ['in whole tokens, where a gateway weighs them', counts(999.5, 99.25, 1098.75), 100, 0.002],
  ])('are counted %s, and priced so', async (_what, body, outputTokens, costUsd) => {
    const prices = { novelist: { inputPerMillion: 1, outputPerMillion: 10 } };
    const own = await startWire({ prices });
    own.server.script('scene.draft', [behave.brokenBody(body, 'application/json')]);
    expect(await own.ask()).toMatchObject({ usage: { inputTokens: 1000, outputTokens }, costUsd });
  });

  it.each([
    ['nobody counts', undefined],
    ['what is counted is less than nothing', -5],
    ['what is counted is more than can be', 5e9],
    ['what is counted is no number', Number.NaN],
  ])('are the characters by four where %s, and flagged', (_what, tokens) => {
    const usage = tokens === undefined ? undefined : usageOf(tokens);
    const reply = { text: 'The tide.', finishReason: 'stop', modelId: 'm', usage };
    expect(countTokens(reply, 20)).toEqual({ usage: { inputTokens: 20, outputTokens: 3 }, usageEstimated: true });
  });

  function usageOf(tokens: number): LanguageModelV3Usage {
    return {
      inputTokens: { total: tokens, noCache: tokens, cacheRead: tokens, cacheWrite: tokens },
      outputTokens: { total: tokens, text: tokens, reasoning: tokens },
      raw: { total_tokens: tokens },
    };
  }
});
