const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Small classes of English words that say how something is told, whatever it is about. */
export const LEXICON: Readonly<Record<string, ReadonlySet<string>>> = {
  intensifiers: words(`
    very quite so too really extremely exceedingly most utterly perfectly entirely altogether such completely absolutely
    terribly awfully deeply greatly highly thoroughly wholly infinitely`),
  hedges: words(`
    perhaps maybe possibly probably seemed seems seem appeared somewhat rather almost nearly apparently scarcely hardly
    suppose supposed fancy fancied guess might kind sort`),
  negations: words(`
    no not never nothing none nobody nor neither nowhere cannot can't don't didn't won't wouldn't couldn't isn't wasn't
    aren't weren't hadn't haven't hasn't doesn't shouldn't without`),
  thinking: words(`
    thought think know knew known believe believed felt feel feeling understand understood wonder wondered remember
    remembered consider considered mind idea opinion hope hoped wish wished supposed sure certain`),
  speaking: words(`
    said say says saying asked ask cried replied answered exclaimed remarked observed continued returned added whispered
    told tell spoke speak called shouted muttered murmured inquired`),
  senses: words(`
    saw see seen looked look looking eyes heard hear sound voice light dark darkness cold warm silence silent bright black
    white red touch touched smell quiet loud face hand hands`),
  connectives: words(`
    however therefore thus moreover nevertheless besides accordingly consequently meanwhile indeed although though because
    since whereas hence`),
};

/** Classes told by how a word ends or is written. */
export const WORD_FORMS: Readonly<Record<string, (word: string) => boolean>> = {
  '-ly': (word) => word.length > 4 && word.endsWith('ly'),
  'abstract nouns': (word) => /(?:tion|sion|ment|ness|ity|ance|ence)$/.test(word),
  contractions: (word) => word.includes("'"),
  '-ing': (word) => word.length > 5 && word.endsWith('ing'),
  '-ed': (word) => word.length > 4 && word.endsWith('ed'),
};
