import { pageOf } from './page-of';

const PAGE = 'Ada came down at six.\n\n“Here is the scene of it,” Maud said: a door, a lamp.\n\n* * *\n\nNobody rang.';

describe('pageOf', () => {
  it('leaves a page as it is', () => {
    expect(pageOf(PAGE)).toBe(PAGE);
  });

  it.each([
    ['an announcement', `Here is the revised scene:\n\n${PAGE}`],
    ['an eager one', `Certainly! Here’s the scene, with every finding settled.\n\n---\n\n${PAGE}`],
    ['one in German', `Hier ist die überarbeitete Szene:\n\n${PAGE}`],
    ['one in Russian', `Вот новая версия сцены:\n\n${PAGE}`],
    ['one in French', `Voici la scène révisée :\n\n${PAGE}`],
    ['a heading', `# Chapter 1: Low Water\n\n## Scene 2\n\n${PAGE}`],
    ['a title in bold', `**Low Water**\n\n${PAGE}`],
    ['a code block', `\`\`\`markdown\n${PAGE}\n\`\`\``],
    ['an announced code block', `Sure, the scene:\n\n\`\`\`\n${PAGE}\n\`\`\`\n\nLet me know if you want any changes!`],
    ['a count of words', `${PAGE}\n\n(Word count: 812)`],
    ['a count in bold', `${PAGE}\n\n**Word count:** 812 words`],
    ['an end', `${PAGE}\n\n[End of Scene 3]`],
    [
      'a farewell',
      `${PAGE}\n\n---\n\nI hope this version settles every finding. Let me know if I should adjust anything.`,
    ],
    ['line ends of Windows', `Here is the draft:\r\n\r\n${PAGE}`],
  ])('takes away %s', (_what, answer) => {
    expect(pageOf(answer)).toBe(PAGE);
  });

  it.each([
    'Here is how it was done: with a spoon.\n\nAda wrote it down.',
    'Here is the scene, she thought, and nobody in it.\n\nShe waited.',
    'Sure, he had been there.\n\nHe said so twice.',
    '“Here is the revised version:”\n\nThe clerk read it out.',
    'The sign said:\n\n```\nNO SALT\n```\n\nAda read it twice, and then the other side, which said the same.',
    'She stood.\n\nI hope this finds you well, the letter ended.',
    'She stood.\n\nLet me know the tide, Ada thought.',
    'She stood.\n\n“Let me know if the scene changes,” Maud said.',
    'She counted.\n\nThe end of the scene was not what anyone had expected.',
    'She stood.\n\nI have rewritten this scene so often that I forget how it was.',
    '**Low Water** was painted on the door.\n\nAda knocked.',
  ])('keeps what could be a line of a story: %j', (page) => {
    expect(pageOf(page)).toBe(page);
  });

  it('keeps an answer of which nothing would be left, for the gates to refuse', () => {
    expect(pageOf('Here is the scene:\n\n---')).toBe('Here is the scene:\n\n---');
  });
});
