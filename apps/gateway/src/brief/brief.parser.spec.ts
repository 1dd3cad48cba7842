import {
  DomainError,
  MAX_BRIEF_BYTES,
  MAX_BRIEF_TEXT,
  MOST_BASELINE_LINES,
  PHASES,
  type FieldProblem,
} from '@fiction/contracts';
import { stringify } from 'yaml';
import { parseJsonBrief, parseMarkdownBrief } from './brief.parser';
import type { BindableProviders } from './provider-catalogue';

const providers: BindableProviders = {
  names: ['rehearsal', 'openai', 'keyless'],
  defaultProvider: 'rehearsal',
  has: (provider) => providers.names.includes(provider),
  missingKey: (provider) => (provider === 'keyless' ? 'KEYLESS_API_KEY' : undefined),
  allows: (provider, model) => provider !== 'openai' || model === 'gpt-x',
  models: (provider) => (provider === 'openai' ? ['gpt-x'] : undefined),
  isRehearsal: (provider) => provider === 'rehearsal',
};

const HEAD = 'title: The Salt Clock\nauthor: M. Okafor\n';
const PREMISE = 'A clock of salt is found in the cellar of a customs house.';

const markdown = (front: string, text = PREMISE) => Buffer.from(`---\n${front}---\n${text}\n`);
const parse = (body: Uint8Array) => parseMarkdownBrief(body, providers);

function problemsOf(work: () => unknown): FieldProblem[] {
  try {
    work();
  } catch (error) {
    expect(error).toBeInstanceOf(DomainError);
    expect((error as DomainError).code).toBe('BRIEF_INVALID');
    expect((error as DomainError).status).toBe(400);
    return (error as DomainError).errors ?? [];
  }
  throw new Error('the brief was taken');
}
const fieldsOf = (body: Uint8Array) => problemsOf(() => parse(body)).map(({ field }) => field);

describe('a good brief', () => {
  it('is taken from Markdown with its three required fields alone', () => {
    expect(parse(markdown(HEAD))).toEqual({ title: 'The Salt Clock', author: 'M. Okafor', text: PREMISE });
  });

  it('is taken from JSON with the same fields', () => {
    const brief = {
      title: 'T',
      author: 'A',
      text: 'P',
      chapters: 3,
      bindings: { scene: { provider: 'openai', model: 'gpt-x' } },
    };
    expect(parseJsonBrief(brief, providers)).toEqual(brief);
  });

  it('is the same with Windows line ends and a byte order mark', () => {
    const windows = Buffer.from(`\uFEFF---\r\n${HEAD.replaceAll('\n', '\r\n')}---\r\nOne.\r\n\r\nTwo.\r\n`);
    expect(parse(windows).text).toBe('One.\n\nTwo.');
  });

  it('may have rules and dashes in its premise', () => {
    expect(parse(markdown(HEAD, 'One.\n\n---\n\nTwo.')).text).toBe('One.\n\n---\n\nTwo.');
  });

  it.each([
    ['YAML', (fields: object) => stringify(fields)],
    ['JSON', (fields: object) => `${JSON.stringify(fields, null, 2)}\n`],
  ])('may be as long in front matter of %s as it may be in JSON', (_kind, write) => {
    const said = (length: number) => 'It was salt, “salt”, and: salt. '.repeat(length).slice(0, length - 1) + '.';
    const lines = () => Array.from({ length: MOST_BASELINE_LINES }, () => said(280));
    const baseline = () => ({ voice: said(900), values: lines(), knowledge: lines(), forbidden: lines() });
    const cast = Array.from({ length: 24 }, (_, n) => ({
      ...{ name: `Ada Quill ${n}`, role: 'a character', baseline: baseline(), sample: said(19_000) },
    }));
    const fields = { title: 'T', author: 'A', cast, sample: said(19_000) };
    expect(parseJsonBrief({ ...fields, text: PREMISE }, providers)).toEqual({ ...fields, text: PREMISE });
    const body = markdown(write(fields));
    expect(body.length).toBeGreaterThan(700_000);
    expect(body.length).toBeLessThan(MAX_BRIEF_BYTES);
    expect(parse(body)).toEqual({ ...fields, text: PREMISE });
  });

  it('may use every field there is', () => {
    const front = `${HEAD}language: en
genre: [mystery, literary]
tone: wry, unhurried
audience: adult
pov: third-limited
tense: past
chapters: 3
scenesPerChapter: 3
targetWords: 9000
planningPasses: 2
continuity: chapter               # strict | chapter | loose
cast:
  - { name: Ada Quill, role: protagonist, baseline: "dry, exact" }
bindings:
  default: { provider: rehearsal, model: novelist }
  scene: { provider: openai, model: gpt-x }
lore: { policy: immediate, slaSeconds: 1800, approval: auto }
budget: { usd: 5, tokens: 2000000 }
`;
    const brief = parse(markdown(front));
    expect(brief).toMatchObject({ chapters: 3, continuity: 'chapter', bindings: { scene: { model: 'gpt-x' } } });
    expect(brief.cast?.[0]?.name).toBe('Ada Quill');
  });
});

describe('a bad brief is refused with its problems by field', () => {
  const cases: [name: string, body: Uint8Array, fields: string[]][] = [
    ['no front matter', Buffer.from('Just a premise.'), ['(front matter)', 'title', 'author']],
    ['nothing at all', Buffer.from(''), ['(front matter)', 'title', 'author', 'text']],
    ['front matter without an end', Buffer.from(`---\n${HEAD}`), ['(front matter)', 'text']],
    ['not YAML', markdown('title: [unclosed\nauthor: "x\n'), ['(front matter)']],
    ['a key twice', markdown(`${HEAD}title: Again\n`), ['(front matter)']],
    ['a custom tag', markdown(`${HEAD}tone: !!js/function "x"\n`), ['(front matter)']],
    ['a list for fields', markdown('- title\n- author\n'), ['(front matter)']],
    ['a single word for fields', markdown('title\n'), ['(front matter)']],
    ['empty fields', markdown(''), ['title', 'author']],
    ['no premise', markdown(HEAD, '   \n\n'), ['text']],
    ['text in the front matter', markdown(`${HEAD}text: there\n`), ['text']],
    ['0 chapters', markdown(`${HEAD}chapters: 0\n`), ['chapters']],
    ['10,000 chapters', markdown(`${HEAD}chapters: 10000\n`), ['chapters']],
    ['half a chapter', markdown(`${HEAD}chapters: 2.5\n`), ['chapters']],
    ['chapters as text', markdown(`${HEAD}chapters: "3"\n`), ['chapters']],
    ['a number for a title', markdown('title: 1984\nauthor: A\n'), ['title']],
    ['an unknown field', markdown(`${HEAD}chapter: 3\n`), ['chapter']],
    ['an unknown field within', markdown(`${HEAD}lore: { policy: manual, sla: 3 }\n`), ['lore.sla']],
    ['control characters in a title', markdown('title: "a\\u0007b"\nauthor: A\n'), ['title']],
    ['control characters in the premise', markdown(HEAD, 'a\u0000b'), ['text']],
    ['a title of two lines', markdown('title: "a\\nb"\nauthor: A\n'), ['title']],
    ['too long a premise', markdown(HEAD, 'a'.repeat(MAX_BRIEF_TEXT + 1)), ['text']],
    ['not UTF-8', Buffer.from([0x2d, 0x2d, 0x2d, 0x0a, 0xff, 0xfe]), ['(whole)']],
    [
      'an unknown provider',
      markdown(`${HEAD}bindings: { scene: { provider: nope, model: m } }\n`),
      ['bindings.scene.provider'],
    ],
    [
      'an unknown model',
      markdown(`${HEAD}bindings: { default: { provider: openai, model: m } }\n`),
      ['bindings.default.model'],
    ],
    [
      'a provider without its key',
      markdown(`${HEAD}bindings: { scene: { provider: keyless, model: m } }\n`),
      ['bindings.scene.provider'],
    ],
    ['half a binding', markdown(`${HEAD}bindings: { scene: { provider: openai } }\n`), ['bindings.scene.model']],
    [
      'a binding of no phase',
      markdown(`${HEAD}bindings: { scenes: { provider: openai, model: gpt-x } }\n`),
      ['bindings.scenes'],
    ],
    ['a lore policy that is none', markdown(`${HEAD}lore: { policy: never }\n`), ['lore.policy']],
    ['approval by nobody', markdown(`${HEAD}lore: { approval: nobody }\n`), ['lore.approval']],
    ['a prototype for a field', markdown(`${HEAD}__proto__: { chapters: 3 }\n`), ['__proto__']],
    ['a very long value', markdown(`${HEAD}tone: ${'x'.repeat(330_000)}\n`), ['tone']],
    [
      'more fields than can be compared',
      markdown(HEAD + Array.from({ length: 30_000 }, (_, n) => `k${n}:\n`).join('')),
      ['(front matter)'],
    ],
  ];

  it.each(cases)('%s', (_name, body, fields) => {
    expect([...new Set(fieldsOf(body))]).toEqual(fields);
  });

  it('all of them at once', () => {
    const front = 'author: 7\nchapters: 0\ngenre: []\nfoo: 1\nbindings: { scene: { provider: nope, model: m } }\n';
    expect(fieldsOf(markdown(front, ''))).toEqual(
      expect.arrayContaining(['title', 'author', 'text', 'chapters', 'genre', 'foo', 'bindings.scene.provider']),
    );
  });

  it('a model that its provider does not offer is answered with those that it does', () => {
    const body = markdown(`${HEAD}bindings: { lore: { provider: openai, model: gpt-y } }\n`);
    const message = 'provider "openai" does not offer the model "gpt-y"; its models are: gpt-x';
    expect(problemsOf(() => parse(body))).toEqual([{ field: 'bindings.lore.model', message }]);
  });

  it('a key that is missing is named by its variable', () => {
    const body = markdown(`${HEAD}bindings: { lore: { provider: keyless, model: m } }\n`);
    const message = 'provider "keyless" needs the environment variable KEYLESS_API_KEY, which is not set';
    expect(problemsOf(() => parse(body))).toEqual([{ field: 'bindings.lore.provider', message }]);
  });

  it('a default whose key is missing counts where something is left to it', () => {
    const left = { ...providers, defaultProvider: 'keyless' };
    const own = { provider: 'openai', model: 'gpt-x' };
    const brief = { title: 'T', author: 'A', text: 'P' };
    const problem = {
      field: 'bindings.default.provider',
      message: expect.stringMatching(/^is missing, and the default .* KEYLESS_API_KEY, which is not set$/) as string,
    };
    expect(problemsOf(() => parseJsonBrief(brief, left))).toEqual([problem]);
    expect(problemsOf(() => parseJsonBrief({ ...brief, bindings: { scene: own } }, left))).toEqual([problem]);
    for (const bindings of [{ default: own }, Object.fromEntries(PHASES.map((phase) => [phase, own]))]) {
      expect(parseJsonBrief({ ...brief, bindings }, left)).toMatchObject(brief);
    }
  });

  it.each([
    ['title: One: Two\n', 3],
    ['title: One\ncast:\n  - { name: Ada, baseline: two things: salt and time }\n', 5],
  ])('a colon in a value is told with what to do about it: %j', (fields, line) => {
    const message = new RegExp(`^line ${line} is not valid YAML: .*; put quotes around a value that contains a colon$`);
    expect(problemsOf(() => parse(markdown(`author: A\n${fields}`)))).toContainEqual({
      field: '(front matter)',
      message: expect.stringMatching(message) as string,
    });
    const [other] = problemsOf(() => parse(markdown('author: A\n  b: c\ntitle: One\n')));
    expect(other?.message).not.toContain('quotes');
  });

  it('a field that is not there is said to be missing', () => {
    expect(problemsOf(() => parse(markdown('author: A\n')))).toEqual([{ field: 'title', message: 'is missing' }]);
  });

  it('an alias bomb, before it is unfolded', () => {
    const levels = Array.from({ length: 20 }, (_, level) =>
      level === 0 ? 'a0: &a0 [x, x, x]' : `a${level}: &a${level} [*a${level - 1}, *a${level - 1}, *a${level - 1}]`,
    );
    expect(fieldsOf(markdown(`${HEAD}${levels.join('\n')}\n`))).toContain('(front matter)');
  });

  it('half a surrogate pair in JSON', () => {
    const brief = { title: 'a\ud800', author: 'A', text: 'P' };
    expect(problemsOf(() => parseJsonBrief(brief, providers))).toContainEqual(
      expect.objectContaining({ field: 'title', message: 'must be well-formed Unicode' }),
    );
  });

  it.each([undefined, null, [], 'text', 3])('%j for a body', (body) => {
    expect(problemsOf(() => parseJsonBrief(body, providers)).length).toBeGreaterThan(0);
  });

  it('a million parts cost one problem, not a million', () => {
    const brief = { title: 'T', author: 'A', text: 'P', cast: Array.from({ length: 400_000 }, () => 0) };
    expect(problemsOf(() => parseJsonBrief(brief, providers))).toHaveLength(1);
  });
});
