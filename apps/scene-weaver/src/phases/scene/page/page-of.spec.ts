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
    ['an announcement without an empty line below', `Here is the scene:\n${PAGE}`],
    ['one that answers who has asked', `Sure! Here’s the scene you asked for.\n\n${PAGE}`],
    ['one that tells what was done', `I’ve revised the scene as you asked:\n\n${PAGE}`],
    ['a promise', `Okay, I will write it now.\n\n${PAGE}`],
    ['headings one below the other', `# Chapter 1\n## Scene 2\n${PAGE}`],
    ['a label', `Scene 1: Low Water\n\n${PAGE}`],
    ['two labels', `Title: Low Water\nChapter 1, Scene 2\n\n${PAGE}`],
    ['a label alone', `Revised scene:\n\n${PAGE}`],
    ['tags', `<scene>\n${PAGE}\n</scene>`],
    ['quotes', `"""\n${PAGE}\n"""`],
    ['stage marks', `[Scene begins]\n\n${PAGE}\n\n[Scene ends]`],
    ['a code block that is never closed', `\`\`\`\n${PAGE}`],
    ['the words counted', `${PAGE}\n\n(802 words)`],
    ['notes', `${PAGE}\n\n---\n\n**Notes:** I kept the point of view close.`],
    ['an account with a list', `${PAGE}\n\nI made the following changes:\n- the beat\n- the length`],
    ['an account below a rule', `${PAGE}\n\n***\n\nChanges made:\n\n- Ada is named earlier.\n\n- It is shorter.`],
    ['an account in a sentence', `${PAGE}\n\nAll the beats have been included.`],
    ['one in the passive', `The following is the scene you requested.\n\n${PAGE}`],
    ['an eager one without a colon', `Sure! Below is the full scene.\n\n${PAGE}`],
    ['a promise about beats', `I’ll write the scene now, keeping to the beats.\n\n${PAGE}`],
    ['a label in italics', `_Scene 1 of 2_\n\n${PAGE}`],
    ['the number of a draft', `Draft 1\n\n${PAGE}`],
    ['the manner of telling', `(Third-limited, past tense)\n\n${PAGE}`],
    ['a total', `${PAGE}\n\nTotal: 512 words`],
    ['an end in capitals', `${PAGE}\n\n**[END]**`],
    ['the end of a chapter', `${PAGE}\n\n**End of Chapter 1, Scene 1**`],
    ['the end of it all', `${PAGE}\n\n---\n\nTHE END`],
    ['an account of the beats', `${PAGE}\n\nThis scene fulfils all the beats and stays within the word limit.`],
    ['a note', `${PAGE}\n\nNote: I have played each beat in order.`],
    ['a note in brackets', `${PAGE}\n\n(Note: mentions included: salt clock, ledger)`],
    ['a checklist', `${PAGE}\n\nBeats checklist:\n- [x] the lamp\n- [x] the door`],
    [
      'numbered beats',
      PAGE.replace('\n\n', '\n\n**Beat 2: The lamp**\n\n').replace('\n\n* * *', '\n\n[Beat 3]\n\n* * *'),
    ],
    ['beats that are headings', `### Beat 1\n\n${PAGE.replace('\n\n', '\n\nBeat 2:\n\n')}`],
    ['beats in front of lines', `**Beat 1:** ${PAGE.replace('Nobody', '[Beat 4] Nobody')}`],
    ['a JSON object', JSON.stringify({ scene: PAGE })],
    [
      'a JSON object with a title',
      `\`\`\`json\n${JSON.stringify({ title: 'Low Water', prose: PAGE }, null, 2)}\n\`\`\``,
    ],
    ['a JSON object with line breaks in it', `{"prose": "${PAGE}"}`],
    ['JSON within JSON', JSON.stringify({ answer: { scene: { number: 1, text: PAGE } } })],
    ['a list of paragraphs', JSON.stringify({ paragraphs: PAGE.split('\n\n') })],
    ['a JSON string', JSON.stringify(PAGE)],
    ['line breaks that are spelt out', PAGE.replaceAll('\n', '\\n')],
    ['paragraphs of HTML', `<p>${PAGE.replaceAll('\n\n', '</p>\n<p>')}</p>`],
    ['line breaks of HTML', PAGE.replaceAll('\n', '<br/>')],
    ['a block quote', `> ${PAGE.replaceAll('\n\n', '\n>\n> ')}`],
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
    'Scene by scene it came back to her.\n\nShe let it.',
    'Part of the wall was gone.\n\nAda stepped through.',
    'Chapter and verse, he said, and gave neither.\n\nShe waited.',
    'Of course.\n\nIt had to be the third bell.',
    'I have made the bed and kept the lamp.\n\nNobody came.',
    'She slept.\n\n* * *\n\nI have kept the letters. Nobody asks for them.',
    'She slept.\n\nThe changes came in spring.',
    'There were 802 words in it.\n\nShe had counted.',
    '**Low Water** was painted on the door.\n\nAda knocked.',
    '"Come here, all of you."',
    'Beat 1 was a drum.\n\nShe listened.',
    'She played.\n\n*Beat 1 was late*, she thought. (Beat 2 was not.) Nobody else had noticed.',
    '> NO SALT\n\nAda read it twice.',
    'She slept.\n\nThe end of the street was near. End of story.',
    'She slept.\n\nFin.',
    'She slept.\n\nThe end.',
    'This draft came from under the door; the scene was set.\n\nShe shut it.',
    'Draft horses stood there.\n\nShe waited.',
    'I will write the scene of it down one day.\n\nNot yet.',
    'She read.\n\nNote: the tide is late.',
    'She listened.\n\nBeats of a drum: one, two, and then none.',
    '(First, the person had to be found.)\n\nShe looked.',
  ])('keeps what could be a line of a story: %j', (page) => {
    expect(pageOf(page)).toBe(page);
  });

  it('keeps an answer of which nothing would be left, for the gates to refuse', () => {
    expect(pageOf('Here is the scene:\n\n---')).toBe('Here is the scene:\n\n---');
  });
});
