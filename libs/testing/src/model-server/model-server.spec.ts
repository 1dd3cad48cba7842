import { createModelRequest } from './model-request.fixture';
import { behave } from './behaviour';
import { ModelServer } from './model-server';

let server: ModelServer;
beforeAll(async () => {
  server = await ModelServer.start({ answer: (task) => `An answer to ${task.task}`, models: ['a', 'b'] });
});
afterEach(() => server.reset());
afterAll(() => server.stop());

async function ask(task: string, scene = 1): Promise<string> {
  const body = JSON.stringify(createModelRequest(task, { scene }));
  const response = await fetch(`${server.baseUrl}/chat/completions`, { method: 'POST', body });
  const reply = (await response.json()) as { choices: { message: { content: string } }[] };
  return reply.choices?.[0]?.message.content ?? `status ${response.status}`;
}

describe('ModelServer', () => {
  it('lists its models and refuses what it does not know', async () => {
    const models = await (await fetch(`${server.baseUrl}/models`)).json();
    expect(models).toMatchObject({ data: [{ id: 'a' }, { id: 'b' }] });
    expect((await fetch(`${server.baseUrl}/embeddings`, { method: 'POST', body: '{}' })).status).toBe(404);
  });

  it('follows the script for the calls it is for, one behaviour a call, and then its usual way', async () => {
    server.script('vision', [behave.status(500), behave.answer('scripted')]);
    server.script((task) => task.material.scene === 7, [behave.throttle()]);
    expect(await ask('scene.draft')).toBe('An answer to scene.draft');
    expect(await ask('vision')).toBe('status 500');
    expect(await ask('vision')).toBe('scripted');
    expect(await ask('vision')).toBe('An answer to vision');
    expect(await ask('scene.draft', 7)).toBe('status 429');
  });

  it('knows which calls were made, and which of them twice', async () => {
    await ask('vision');
    await ask('scene.draft', 1);
    await ask('scene.draft', 2);
    expect(server.count('scene.draft')).toBe(2);
    expect(server.repeated()).toEqual([]);
    await ask('scene.draft', 2);
    expect(server.repeated()).toMatchObject([{ seq: 4, task: 'scene.draft' }]);
    expect(server.calls[2]!.materialHash).toBe(server.calls[3]!.materialHash);
  });

  it('holds a call until the latch opens', async () => {
    let open!: () => void;
    server.script('vision', [behave.latch(new Promise<void>((resolve) => (open = resolve)))]);
    const answer = ask('vision');
    const call = await server.waitForCall((each) => each.task === 'vision');
    expect(server.inFlight).toBe(1);
    expect(call.answeredAt).toBeUndefined();
    open();
    expect(await answer).toBe('An answer to vision');
    await server.waitForCall((each) => each.answeredAt !== undefined);
    expect(server.inFlight).toBe(0);
  });

  it('does not wait for ever for a call', async () => {
    await expect(server.waitForCall(() => false, 20)).rejects.toThrow('No such call within 20 ms');
  });
});
