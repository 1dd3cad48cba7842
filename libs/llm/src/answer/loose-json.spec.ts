import { readLooseJson, WrittenNumber } from './loose-json';

describe('readLooseJson', () => {
  it.each([
    [
      'quotation marks inside of a string',
      '{"a": "do you know "Micheal", Jackson"}',
      { a: 'do you know "Micheal", Jackson' },
    ],
    [
      'one at its beginning and end',
      '{"a": ""Go", she said", "b": "he said "no""}',
      { a: '"Go", she said', b: 'he said "no"' },
    ],
    ['escaped ones beside those that are not', '{"a": "x \\"y\\" "z" w"}', { a: 'x "y" "z" w' }],
    ['them in lists', '["a "b" c", "d"]', ['a "b" c', 'd']],
    ['single quotation marks', "{'a': 'it's \\'here\\'', 'b': ['x']}", { a: "it's 'here'", b: ['x'] }],
    ['curly quotation marks', '{“a”: “he “said” so”, "b": "“x”"}', { a: 'he “said” so', b: '“x”' }],
    ['names without any', '{a: "x", b_2: {c: null}}', { a: 'x', b_2: { c: null } }],
    ['the words of Python', '{"a": True, "b": False, "c": None}', { a: true, b: false, c: null }],
    ['comments and commas too many', '{"a": "x", // one\n "b": [true, /* two */],}', { a: 'x', b: [true] }],
    ['line breaks in strings', '{"a": "x\ny"}', { a: 'x\ny' }],
    ['escapes that none needs', '{"a": "it\\\'s \\*b\\* \\u0041\\n"}', { a: "it's *b* A\n" }],
    ['words around it', 'Of course:\n```json\n{"a": "x "y" z"}\n```\nThat is "it".', { a: 'x "y" z' }],
    [
      'names that every object has',
      '{"__proto__": "x", "constructor": "y"}',
      JSON.parse('{"__proto__": "x", "constructor": "y"}'),
    ],
  ])('reads %s', (_what, text, value) => {
    expect(readLooseJson(text)).toEqual(value);
  });

  it('reads numbers as they are written', () => {
    expect(readLooseJson('[2.10, -3e2]')).toEqual([new WrittenNumber('2.10'), new WrittenNumber('-3e2')]);
  });

  it.each([
    ['a mark that may end a string or not', '["He said "no", "never" and left"]'],
    ['the same in an object', '{"a": "he said "yes", "b": never", "c": "x"}'],
    ['a single mark inside', '{"a": "a 65" television"}'],
    ['what is cut off', '{"a": "x", "b": ["y"'],
    ['what is cut off in a string', '{"a": "x "y" z'],
    ['a name twice', '{"a": "x", "a": "y"}'],
    ['two values', '{"a": "x"} {"a": "y"}'],
    ['a value that is a bare word', '{"a": yes}'],
    ['a number with words', '{"a": 3 or 4}'],
    ['an unknown escape', '{"a": "C:\\games "x" y"}'],
    ['no value', 'I would rather not.'],
    ['brackets without end', '['.repeat(100_000)],
  ])('does not read %s', (_what, text) => {
    expect(readLooseJson(text)).toBeUndefined();
  });

  it('takes no longer for a long text than it has to', () => {
    const text = `{"a": [${'"x "y" z", '.repeat(20_000)}"end"]}`;
    expect((readLooseJson(text) as { a: unknown[] }).a).toHaveLength(20_001);
    expect(readLooseJson(`{"a": "${'x" '.repeat(50_000)}`)).toBeUndefined();
  });
});
