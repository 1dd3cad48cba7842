import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { inspect } from 'node:util';
import { join } from 'node:path';
import { loadProviders } from './load-providers';
import { ProvidersFileError } from './providers-file.error';

const folder = mkdtempSync(join(tmpdir(), 'providers-'));
afterAll(() => rmSync(folder, { recursive: true }));

function load(yaml: string, env: Record<string, string> = {}) {
  const path = join(folder, 'providers.yaml');
  writeFileSync(path, yaml);
  return loadProviders(path, env);
}

function problemsOf(yaml: string): readonly string[] {
  try {
    load(yaml);
  } catch (error) {
    expect(error).toBeInstanceOf(ProvidersFileError);
    return (error as ProvidersFileError).problems;
  }
  throw new Error('the file was accepted');
}

const one = (fields: string) => `providers:\n  local: { ${fields} }\n`;
const local = 'kind: openai-compatible, baseUrl: http://127.0.0.1:11434/v1, lane: metal';

describe('loadProviders', () => {
  it.each([undefined, ''])('knows only the rehearsal when no file is named (%p)', (path) => {
    const providers = loadProviders(path, {});
    expect(providers.names).toEqual(['rehearsal']);
    expect(providers.get('rehearsal')).toMatchObject({ kind: 'rehearsal', lane: 'metal', latencyMs: 0 });
  });

  it('accepts every provider of the example file', () => {
    const providers = loadProviders('examples/providers.yaml', {});
    const kinds = providers.names.map((name) => providers.get(name)!.kind);
    expect(new Set(kinds)).toEqual(new Set(['rehearsal', 'openai-compatible', 'openai', 'anthropic']));
  });

  it('fills in what a provider leaves out', () => {
    expect(load(one(local)).get('local')).toMatchObject({
      concurrency: 8,
      stream: false,
      timeoutSeconds: 600,
      idleTimeoutSeconds: 300,
      structuredOutputs: 'json_schema',
      prices: {},
    });
  });

  it.each([
    ['an unknown kind', 'kind: bard, lane: cloud', /^providers\.local\.kind: must be rehearsal/],
    ['no kind', 'lane: cloud', /^providers\.local\.kind: /],
    ['no lane', 'kind: rehearsal', /^providers\.local\.lane: /],
    ['an unknown lane', 'kind: rehearsal, lane: moon', /^providers\.local\.lane: /],
    ['an unknown field', `${local}, retries: 3`, /^providers\.local\.retries: unknown field/],
    ['a field of another kind', 'kind: rehearsal, lane: metal, baseUrl: "http://x"', /\.baseUrl: unknown field/],
    ['no address', 'kind: openai-compatible, lane: metal', /^providers\.local\.baseUrl: /],
    ['a relative address', 'kind: openai-compatible, lane: metal, baseUrl: /v1', /\.baseUrl: must be a URL/],
    ['another protocol', 'kind: openai-compatible, lane: metal, baseUrl: "ftp://x/v1"', /\.baseUrl: must start with/],
    ['credentials in it', 'kind: openai-compatible, lane: metal, baseUrl: "http://a:b@x/v1"', /must not hold credent/],
    ['a query in it', 'kind: openai-compatible, lane: metal, baseUrl: "http://x/v1?k=1"', /must not have a query/],
    ['no slot', `${local}, concurrency: 0`, /^providers\.local\.concurrency: /],
    ['half a slot', `${local}, concurrency: 1.5`, /^providers\.local\.concurrency: /],
    ['a negative rate', `${local}, requestsPerMinute: -1`, /^providers\.local\.requestsPerMinute: /],
    ['tokens in words', `${local}, tokensPerMinute: many`, /^providers\.local\.tokensPerMinute: /],
    [
      'half a price',
      `${local}, prices: { m: { inputPerMillion: 1 } }`,
      /^providers\.local\.prices\.m\.outputPerMillion: /,
    ],
    ['a negative price', `${local}, prices: { m: { inputPerMillion: -1, outputPerMillion: 1 } }`, /inputPerMillion: /],
    ['no model in the list', `${local}, models: []`, /^providers\.local\.models: /],
    ['no time', `${local}, timeoutSeconds: 0`, /^providers\.local\.timeoutSeconds: /],
    ['no silence', `${local}, idleTimeoutSeconds: 0`, /^providers\.local\.idleTimeoutSeconds: /],
    ['an unknown structured output', `${local}, structuredOutputs: xml`, /^providers\.local\.structuredOutputs: /],
    ['a stream that is no boolean', `${local}, stream: often`, /^providers\.local\.stream: /],
    ['a negative latency', 'kind: rehearsal, lane: metal, latencyMs: -1', /^providers\.local\.latencyMs: /],
  ])('refuses %s and names the field', (_what, fields, problem) => {
    expect(problemsOf(one(fields))).toEqual(expect.arrayContaining([expect.stringMatching(problem) as string]));
  });

  it.each([
    ['another root', 'provider: {}', /^provider: unknown field/],
    ['no provider at all', 'providers: {}', /^providers: must name at least one/],
    ['an empty file', '', /^\(the whole file\): /],
    ['a list', 'providers: [rehearsal]', /^providers: /],
    [
      'a name that is no label',
      'providers: { "My GPU!": { kind: rehearsal, lane: metal } }',
      /^providers\.My GPU!: the name must/,
    ],
    ['a provider that is no mapping', 'providers: { local: yes }', /^providers\.local: /],
    ['broken YAML', 'providers: { local: { kind: [', /^line 1: not valid YAML/],
    [
      'a name given twice',
      'providers:\n  a: { kind: rehearsal }\n  a: { kind: rehearsal }\n',
      /^line 3: not valid YAML: the same name twice \(DUPLICATE_KEY\)$/,
    ],
  ])('refuses %s', (_what, yaml, problem) => {
    expect(problemsOf(yaml)).toEqual(expect.arrayContaining([expect.stringMatching(problem) as string]));
  });

  it('names every problem at once', () => {
    expect(
      problemsOf('providers:\n  a: { kind: rehearsal }\n  b: { kind: openai, lane: cloud, foo: 1 }\n'),
    ).toHaveLength(2);
  });

  it('refuses a file that is not there', () => {
    expect(() => loadProviders(join(folder, 'none.yaml'), {})).toThrow(/none\.yaml.*\n.*cannot be read: ENOENT/);
  });

  it('never repeats a key that was pasted where its name belongs', () => {
    const pasted = 'sk-verysecret-0123';
    const problems = problemsOf(`providers:\n  o: { kind: openai, lane: cloud, apiKeyEnv: ${pasted} }\n`);
    expect(problems[0]).toMatch(/^providers\.o\.apiKeyEnv: must be the name of an environment variable/);
    expect(problems.join()).not.toContain(pasted);
  });
});

describe('ProvidersFile', () => {
  const yaml = `providers:
  paid: { kind: openai, lane: cloud, apiKeyEnv: PAID_KEY, models: [small, large] }
  free: { ${local} }
`;
  const paid = { provider: 'paid', model: 'small' };

  it('misses a key only when the provider is used, and says which variable to set', () => {
    const providers = load(yaml);
    expect(providers.require(paid).kind).toBe('openai');
    expect(() => providers.apiKey(paid)).toThrow(
      expect.objectContaining({ code: 'PROVIDER_KEY_MISSING', message: expect.stringContaining('PAID_KEY') as string }),
    );
    expect(providers.apiKey({ provider: 'free', model: 'any' })).toBeUndefined();
  });

  it('does not show its keys to whoever prints it', () => {
    const providers = load(yaml, { PAID_KEY: 'sk-secret' });
    expect(providers.apiKey(paid)).toBe('sk-secret');
    expect(inspect(providers, { depth: 9, showHidden: true }) + JSON.stringify(providers)).not.toContain('sk-secret');
  });

  it.each([
    [
      'UNKNOWN_PROVIDER',
      { provider: 'nobody', model: 'x' },
      /nobody\/x is not configured: the providers are: paid, free/,
    ],
    ['UNKNOWN_MODEL', { provider: 'paid', model: 'huge' }, /paid\/huge is not a model .*small, large/],
  ])('refuses a binding with %s', (code, binding, message) => {
    const providers = load(yaml);
    expect(() => providers.require(binding)).toThrow(expect.objectContaining({ code, spendsAttempt: false }));
    expect(() => providers.require(binding)).toThrow(message);
  });
});
