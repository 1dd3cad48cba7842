import { loadProviders } from '../providers/load-providers';
import { createModelClient } from './create-model-client';
import { blueprint, draft, providersOf } from './wire/wire.fixture';

const signal = new AbortController().signal;

describe('createModelClient', () => {
  it('has the built-in rehearsal model, whose refusals are final', async () => {
    const client = createModelClient({ providers: loadProviders(undefined, {}) });
    const binding = { provider: 'rehearsal', model: 'novelist' };
    const call = client.call({ binding, task: { ...blueprint, task: 'no.such.task' }, signal });
    await expect(call).rejects.toMatchObject({ code: 'PROVIDER_REFUSED', retryable: false });
    expect(client.load()).toEqual([{ provider: 'rehearsal', lane: 'metal', inFlight: 0, queued: 0 }]);
    client.close();
  });

  it('lets the rehearsal model fail as it was told in the providers file', async () => {
    const providers = providersOf({ stage: { kind: 'rehearsal', lane: 'metal', failEvery: 1 } });
    const client = createModelClient({ providers });
    const call = client.call({ binding: { provider: 'stage', model: 'novelist' }, task: draft, signal });
    await expect(call).rejects.toMatchObject({ code: 'PROVIDER_NOT_READY', status: 503, retryable: true });
    client.close();
  });

  it('refuses a provider nobody configured', async () => {
    const client = createModelClient({ providers: loadProviders(undefined, {}) });
    const call = client.call({ binding: { provider: 'openai', model: 'gpt-x' }, task: draft, signal });
    await expect(call).rejects.toMatchObject({ code: 'UNKNOWN_PROVIDER' });
    client.close();
  });
});
