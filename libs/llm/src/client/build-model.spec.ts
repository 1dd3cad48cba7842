import type { ChatRequest } from '@fiction/testing';
import { draft, startWire, stopWires } from './wire/wire.fixture';

afterAll(stopWires);

/** What a provider with these settings is sent. */
async function sentWith(settings: Record<string, unknown>): Promise<Record<string, unknown>> {
  const own = await startWire(settings);
  let sent: ChatRequest | undefined;
  own.server.script(
    (_task, request) => {
      sent = request;
      return true;
    },
    [{ kind: 'answer' }],
  );
  await own.ask();
  return { ...sent };
}

describe('an openai-compatible provider', () => {
  it('is told how long an answer may be, and how bold', async () => {
    expect(await sentWith({})).toMatchObject({ max_tokens: 200, temperature: draft.temperature });
  });

  it('is told it in the field that it knows, and nothing that it refuses', async () => {
    const sent = await sentWith({ tokenLimit: 'max_completion_tokens', temperature: false });
    expect(sent).toMatchObject({ max_completion_tokens: 200 });
    expect(sent).not.toHaveProperty('max_tokens');
    expect(sent).not.toHaveProperty('temperature');
  });
});
