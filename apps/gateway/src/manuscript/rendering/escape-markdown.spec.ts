import * as fc from 'fast-check';
import { lineToMarkdown, proseToMarkdown } from './escape-markdown';

/** What a line of Markdown must not begin with if it is to be prose. */
const STRUCTURE = [
  /^\s{4}/,
  /^\s*#{1,6}(\s|$)/,
  /^\s*>/,
  /^\s*[-+*](\s|$)/,
  /^\s*\d{1,9}[.)](\s|$)/,
  /^\s*([-*_])(\s*\1){2,}\s*$/,
  /^\s*(=+|-+)\s*$/,
  /^\s*(```|~~~)/,
  /^\s*\|/,
  /^[-:|\s]+$/,
];
/** An unescaped character that begins HTML, an entity, a link, an image or code. */
const MARKUP = /(?<!\\)(?:\\\\)*(?:[<[\]`]|&(?=#?[A-Za-z0-9]+;))/;

function expectProse(markdown: string): void {
  for (const line of markdown.split('\n').filter((one) => one !== '')) {
    for (const structure of STRUCTURE) expect(line).not.toMatch(structure);
    expect(line).not.toMatch(MARKUP);
  }
}

describe('prose in Markdown', () => {
  it.each([
    ['# Not a heading', '\\# Not a heading'],
    ['* * *', '\\* * *'],
    ['---', '\\---'],
    ['===', '\\==='],
    ['- not a list', '\\- not a list'],
    ['1. not a list', '1\\. not a list'],
    ['12) not a list', '12\\) not a list'],
    ['> not a quote', '\\> not a quote'],
    ['```', '\\`\\`\\`'],
    ['~~~', '\\~\\~\\~'],
    ['|---|---|', '\\|---|---|'],
    [':--|--:', '\\:--|--:'],
    ['    not code', 'not code'],
    ['<script>alert(1)</script>', '\\<script>alert(1)\\</script>'],
    ['&lt;b&gt;', '\\&lt;b\\&gt;'],
    ['&#60;b&#x3e;', '\\&#60;b\\&#x3e;'],
    ['salt & smoke; R&D', 'salt & smoke; R&D'],
    ['![x](http://e/x.png)', '!\\[x\\](http\\://e/x.png)'],
    ['[This scene is not written yet.]', '\\[This scene is not written yet.\\]'],
    ['a \\ b', 'a \\\\ b'],
    ['F*ck you, and f*ck him', 'F\\*ck you, and f\\*ck him'],
    ['*F*ck* you', '\\*F\\*ck\\* you'],
    ['un*frigging*believable', 'un\\*frigging\\*believable'],
    ['a *star and no end', 'a \\*star and no end'],
    ['__init__ calls snake_case', '\\_\\_init\\_\\_ calls snake_case'],
    ['2 * 3 * 4', '2 * 3 * 4'],
    ['~~gone~~', '\\~\\~gone\\~\\~'],
    ['https://e.org, www.e.org', 'https\\://e.org, www\\.e.org'],
  ])('%j is shown and not obeyed', (prose, markdown) => {
    expect(proseToMarkdown(prose)).toBe(markdown);
    expectProse(markdown);
  });

  it('keeps paragraphs, line breaks and emphasis', () => {
    expect(proseToMarkdown('One *two* three.\r\n\r\n\r\nFour\nfive.')).toBe('One *two* three.\n\nFour  \nfive.');
  });

  it.each(['*Yes.*', '(*no*), “*oh!*”', 'so *very*—', '**Loud** and ***louder***', '_Mary Rose_', '*One _ship_*'])(
    'keeps the emphasis of %s',
    (prose) => expect(proseToMarkdown(prose)).toBe(prose),
  );

  it('keeps emphasis over the lines of a paragraph, not over paragraphs', () => {
    expect(proseToMarkdown('*one\ntwo* three')).toBe('*one  \ntwo* three');
    expect(proseToMarkdown('*one\n\ntwo*')).toBe('\\*one\n\ntwo\\*');
  });

  it('keeps dashes of speech and dates', () => {
    expect(proseToMarkdown('-- Come, she said.\n\n1984 was cold.\n\n—Yes.')).toBe(
      '-- Come, she said.\n\n1984 was cold.\n\n—Yes.',
    );
  });

  it('drops what nobody can see', () => {
    expect(proseToMarkdown('a\u0000b\u001bc\u2028# d')).toBe('abc  \n\\# d');
  });

  it('is prose whatever a model writes', () => {
    const nasty = fc.constantFrom(
      ...[
        '#',
        '##',
        '-',
        '--',
        '---',
        '*',
        '* * *',
        '_',
        '___',
        '=',
        '===',
        '>',
        '|',
        ':',
        '`',
        '```',
        '~~~',
        '1.',
        '2)',
      ],
      ...[
        '<',
        '>',
        '&amp;',
        '&#38;',
        '&',
        '[',
        ']',
        '(',
        '!',
        '\\',
        ' ',
        '    ',
        '\t',
        '\n',
        '\r\n',
        '\n\n',
        '\u2028',
        'word',
        'é',
        '😀',
      ],
    );
    const prose = fc.oneof(
      fc.array(nasty, { maxLength: 30 }).map((parts) => parts.join('')),
      fc.string(),
    );
    fc.assert(
      fc.property(prose, (text) => expectProse(proseToMarkdown(text))),
      { numRuns: 2_000 },
    );
  });

  it('loses no word', () => {
    const words = fc.array(fc.stringMatching(/^[a-z#*>-]{1,8}$/), { maxLength: 40 });
    fc.assert(
      fc.property(words, (list) => {
        const shown = proseToMarkdown(list.join(' ')).replaceAll('\\', '');
        expect(shown).toBe(list.join(' '));
      }),
    );
  });
});

describe('a line in Markdown', () => {
  it.each([
    ['A *star* is_born', 'A \\*star\\* is\\_born'],
    ['two\nlines', 'two lines'],
    ['C#', 'C\\#'],
    ['# 1', '\\# 1'],
    ['1. One', '1\\. One'],
    ['<b>', '\\<b>'],
    ['Der Brunnen & the Möbius', 'Der Brunnen & the Möbius'],
    ['Q&amp;A', 'Q\\&amp;A'],
  ])('%j', (text, markdown) => expect(lineToMarkdown(text)).toBe(markdown));
});
