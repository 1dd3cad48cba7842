import { behave } from '@fiction/testing';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ModelTask } from '../../task/model-task';
import { blueprint, draft, startWire, stopWires } from '../wire/wire.fixture';
import type { ModelCallError } from './model-call.error';

describe.each([
  ['plain', false],
  ['streamed', true],
])('a call in the %s protocol', (_name, stream) => {
  afterAll(stopWires);

  it('says to where a server sends on, and what there is to do', async () => {
    const own = await startWire({ stream });
    own.server.script('scene.draft', [
      { kind: 'status', status: 302, headers: { location: 'https://models.test/v1' } },
    ]);
    const failure = await own.failure();
    expect(failure).toMatchObject({ code: 'PROVIDER_REFUSED', status: 302, retryable: false });
    expect(failure.message).toContain(`(${own.server.baseUrl}/chat/completions redirects to https://models.test/v1)`);
  });

  it('says so of a server without TLS', async () => {
    const own = await startWire({ stream });
    const baseUrl = own.server.baseUrl.replace('http:', 'https:');
    const { message } = await (await startWire({ stream, baseUrl })).failure();
    expect(message).toMatch(/it does not use TLS; does its address begin with http:\/\/\?$/);
  });

  it('says where it has met a web page instead of a model, and what may be missing in the address', async () => {
    const pages = createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end('<html>It works!</html>');
    });
    await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
    const at = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`;
    const failures = await Promise.all(
      [at, `${at}/v1`].map(async (baseUrl) => (await startWire({ stream, baseUrl })).failure()),
    );
    pages.closeAllConnections();
    pages.close();
    const page = 'answered with a web page (text/html; charset=utf-8)';
    expect(failures.map(({ message }) => message)).toEqual([
      `local/novelist is unavailable: ${at}/chat/completions ${page}; the baseUrl of most servers ends in /v1`,
      `local/novelist is unavailable: ${at}/v1/chat/completions ${page}`,
    ]);
    expect(failures[0]).toMatchObject({ code: 'PROVIDER_UNAVAILABLE', retryable: true, spendsAttempt: true });
  });

  it.each([
    [521, 'PROVIDER_NOT_READY', 'is not ready: HTTP 521, Web server is down'],
    [530, 'PROVIDER_NOT_READY', 'is not ready: HTTP 530, Web server is down'],
    [520, 'PROVIDER_UNAVAILABLE', 'is unavailable: HTTP 520, Web server is down'],
    [502, 'PROVIDER_NOT_READY', 'is not ready: HTTP 502, Bad Gateway'],
  ])(
    'says of a page with %i what it has as its title, where the status alone says nothing',
    async (status, code, says) => {
      const own = await startWire({ stream });
      const body = '<!DOCTYPE html><html><head><title>Web server is down</title></head></html>';
      own.server.script('scene.draft', [{ kind: 'body', status, body, type: 'text/html' }]);
      const failure = await own.failure();
      expect(failure).toMatchObject({ code, status, retryable: true, spendsAttempt: code === 'PROVIDER_UNAVAILABLE' });
      expect(failure.message).toBe(`local/novelist ${says}`);
    },
  );

  it('says at which address there was nothing', async () => {
    const own = await startWire({ stream });
    const baseUrl = new URL(own.server.baseUrl).origin;
    const failure = await (await startWire({ stream, baseUrl })).failure();
    expect(failure).toMatchObject({ code: 'PROVIDER_REFUSED', status: 404, retryable: false });
    expect(failure.message).toContain(`(${baseUrl}/chat/completions); the baseUrl of most servers ends in /v1`);
  });
});

describe.each([
  ['plain', false],
  ['streamed', true],
])('a refusal in the %s protocol', (_name, stream) => {
  afterAll(stopWires);

  const refusing = async (status: number, body: string, task: ModelTask<unknown>): Promise<ModelCallError> => {
    const own = await startWire({ stream });
    own.server.script(task.task, [behave.saying(status, body)]);
    return own.failure(undefined, task);
  };
  const message = (text: string): string => JSON.stringify({ error: { message: text, type: 'invalid_request_error' } });
  const shapeIsNotKnown = 'set structuredOutputs: none for the provider, or json_object if it is openai-compatible';

  it.each([
    ['This response_format type is unavailable now', blueprint, shapeIsNotKnown],
    ['Failed to initialize samplers: failed to parse grammar', blueprint, shapeIsNotKnown],
    ['The specified schema produces a constraint that has too many states for serving.', blueprint, shapeIsNotKnown],
    ['invalid temperature: only 1 is allowed for this model', draft, 'set temperature: false for the provider'],
    ['the request exceeds the available context size', draft, 'the model needs a larger context window'],
    ["This model's maximum context length is 4096 tokens.", draft, 'the model needs a larger context window'],
    [
      "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
      draft,
      'set tokenLimit: max_completion_tokens for the provider, of kind openai-compatible',
    ],
  ])('names the setting that helps: %s', async (says, task, help) => {
    const failure = await refusing(400, message(says), task);
    expect(failure).toMatchObject({ code: 'PROVIDER_REFUSED', retryable: false });
    expect(failure.message).toBe(`local/novelist refused the request: HTTP 400, ${says.replace(/\.$/, '')}; ${help}`);
  });

  it('names no setting where none helps', async () => {
    const { message: said } = await refusing(400, message('the prompt about a schema is too long'), draft);
    expect(said).toBe('local/novelist refused the request: HTTP 400, the prompt about a schema is too long');
  });

  it.each([
    ['{"detail":[{"loc":["body","model"],"msg":"no such model"}]}', '"msg":"no such model"'],
    ['{"error":"model \'qwen9\' not found"}', "model 'qwen9' not found"],
    ['{"error":{"message":"Provider returned error","code":400,"metadata":{"raw":"too long"}}}', 'error: too long'],
  ])('tells what the server has said in its own way: %s', async (body, says) => {
    expect((await refusing(422, body, draft)).message).toContain(says);
  });

  it('is none where the server blames the request for what the model has written', async () => {
    const body = JSON.stringify({ error: { message: 'Failed to generate JSON.', code: 'json_validate_failed' } });
    const failure = await refusing(400, body, blueprint);
    expect(failure).toMatchObject({ code: 'PROVIDER_UNAVAILABLE', retryable: true, spendsAttempt: true, status: 400 });
  });
});

describe('a call in one piece', () => {
  afterAll(stopWires);

  it.each([
    ['429', 'PROVIDER_THROTTLED', 2000],
    ['503', 'PROVIDER_NOT_READY', undefined],
  ])('heeds a %s that comes inside of a 200', async (code, expected, retryAfterMs) => {
    const own = await startWire({ stream: false });
    own.server.script('scene.draft', [behave.saying(200, `{"error":{"message":"Later.","code":${code}}}`)]);
    const failure = await own.failure();
    expect(failure).toMatchObject({ code: expected, spendsAttempt: false, waitsFor: 'local/novelist: Later.' });
    expect(failure.retryAfterMs).toBe(retryAfterMs);
  });

  it.each([
    [
      '{"error":{"message":"model is overloaded"}}',
      'its response is not an answer: {"error":{"message":"model is overloaded"}}',
    ],
    ['{"id": "x", "cho', 'its response is not an answer: {"id": "x", "cho'],
    [`{"choices": "${'x'.repeat(5 * 1024 ** 2)}"}`, 'the answer has more than 4 MB'],
  ])('shows what a server has sent in place of an answer (%#)', async (body, says) => {
    const own = await startWire({ stream: false });
    own.server.script('scene.draft', [behave.brokenBody(body, 'application/json')]);
    const failure = await own.failure();
    expect(failure).toMatchObject({ code: 'PROVIDER_UNAVAILABLE', retryable: true, spendsAttempt: true });
    expect(failure.message).toBe(`local/novelist is unavailable: ${says}`);
  });
});
