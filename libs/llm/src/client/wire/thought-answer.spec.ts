import { behave } from '@fiction/testing';
import { blueprint, draft, startWire, stopWires } from './wire.fixture';

const answer = '{"title": "Low Water", "beats": ["the tide"]}';

describe.each([
  ['plain', false],
  ['streamed', true],
])('a server that takes an answer for thinking, in the %s protocol', (_name, stream) => {
  afterAll(stopWires);

  const ask = async (task: typeof draft | typeof blueprint, reasoning_content: string, content: string | null) => {
    const own = await startWire({ stream });
    const said = { role: 'assistant', content, reasoning_content };
    const choice = { index: 0, finish_reason: 'stop', [stream ? 'delta' : 'message']: said };
    const body = JSON.stringify({ id: 'c', created: 1, model: 'm', choices: [choice] });
    const type = stream ? 'text/event-stream' : 'application/json';
    own.server.script(task.task, [behave.brokenBody(stream ? `data: ${body}\n\ndata: [DONE]\n\n` : body, type)]);
    return (await own.ask(task)).text;
  };

  it.each(['', null])('is understood where JSON was asked for (content %j)', async (content) => {
    expect(await ask(blueprint, answer, content)).toBe(answer);
  });

  it('is not believed where there is an answer, where it is thinking, or where prose was asked for', async () => {
    expect(await ask(blueprint, '{"title": "No"}', answer)).toBe(answer);
    expect(await ask(blueprint, `Hm: ${answer}`, '')).toBe('');
    expect(await ask(draft, answer, '')).toBe('');
  });
});
