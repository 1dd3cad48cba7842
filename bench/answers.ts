import type { ParsedTask } from '@fiction/llm';

/** Length of every answer, in characters. */
const ANSWER_CHARACTERS = 4_096;

interface Material {
  chapters?: number;
  scenesPerChapter?: number;
  domain?: string;
  need?: { name: string };
  chapter?: { number?: number; pov?: string; title?: string };
  scene?: { pov: string; beats: { text: string; mentions: string[] }[] };
}

const WORDS = 'salt tide lamp rope stair glass brass ledger harbour window paper stone water hinge coat bread'.split(
  ' ',
);

/** Sentences that differ from one another, in lower case but for their first letter. */
export function filler(characters: number): string {
  const lines: string[] = [];
  for (let index = 0, length = 0; length < characters; index += 1) {
    const pick = (step: number): string => WORDS[(index * step + Math.floor(index / 7)) % WORDS.length]!;
    const line = `The ${pick(3)} by the ${pick(5)} was ${numberWord(index)} paces from the ${pick(7)}, and the ${pick(11)} lay there.`;
    lines.push(index % 6 === 5 ? `${line}\n\n` : `${line} `);
    length += line.length + 1;
  }
  return lines.join('');
}

function numberWord(index: number): string {
  const tens = ['', 'ten', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
  const ones = ['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];
  return `${tens[Math.floor(index / 10) % 10]} ${ones[index % 10]}`.trim() || 'no';
}

const PROSE = filler(ANSWER_CHARACTERS - 200).trim();
const PARAGRAPH = filler(ANSWER_CHARACTERS - 1_400)
  .replaceAll('\n\n', ' ')
  .trim()
  .slice(0, ANSWER_CHARACTERS - 1_500);

const need = (answer: unknown): string => JSON.stringify(answer);
const beat = (place: string) => ({ text: `Ada finds the brass key ${place}`, mentions: ['brass key'] });

/**
 * The least answer of each task that the system accepts, brought to 4 KB: a model that costs next to nothing, so that
 * what is measured is the system around it.
 */
export function benchAnswer({ task, material }: ParsedTask): string {
  const facts = material as Material;
  switch (task) {
    case 'vision.compose':
      return need({
        authorSummary: PARAGRAPH,
        logline: 'Ada Quill wants the clock to go, and the town does not.',
        goals: ['hold the reader'],
        themes: ['what is a promise worth'],
        acts: [{ name: 'First', summary: 'The clock stops.' }],
        cast: [
          {
            name: 'Ada Quill',
            role: 'protagonist',
            description: 'keeper',
            want: 'the wheel',
            fear: 'noise',
            voice: 'dry',
          },
        ],
        lore: [],
      });
    case 'world.domain':
      return need({
        entries: [
          {
            name: `Marrow ${facts.domain ?? 'thing'}`,
            aliases: [],
            summary: PARAGRAPH,
            facts: [{ statement: 'It was there before the first page.', from: '0.0', until: null }],
            relations: [],
          },
        ],
      });
    case 'planner.pass':
      return need({
        adjustments: [],
        priorities: ['the clock'],
        risks: [],
        openQuestions: [],
        chapters: Array.from({ length: facts.chapters ?? 1 }, (_, index) => ({
          title: `Chapter of the ${numberWord(index + 1)} wheel`,
          summary: PARAGRAPH.slice(0, 150),
          pov: 'Ada Quill',
          places: ['the quay'],
        })),
      });
    case 'blueprint.compose':
      return need({
        title: facts.chapter?.title ?? 'A chapter',
        synopsis: PARAGRAPH,
        beats: [beat('on the stair'), beat('in the ledger')],
        plants: [],
        payoffs: [],
        requiredLore: [],
      });
    case 'scroll.compose':
      return need({
        sections: [
          {
            title: 'The morning',
            scenes: Array.from({ length: facts.scenesPerChapter ?? 1 }, (_, index) => ({
              goal: 'to find the wheel',
              conflict: 'the tide',
              outcome: 'it is not there',
              pov: 'Ada Quill',
              place: 'the quay',
              storyTime: `hour ${numberWord(index + 1)}`,
              cast: ['Ada Quill'],
              beats: [beat(`at ${numberWord(index + 1)}`)],
              requiredLore: [],
            })),
          },
        ],
      });
    case 'scene.draft':
    case 'scene.revise':
      return `Ada Quill found the ${facts.scene?.beats.flatMap((each) => each.mentions).join(', the ')}.\n\n${PROSE}`;
    case 'scene.critique':
      return need({
        scores: { voice: 7, pace: 7, continuity: 7, clarity: 7 },
        problems: Array.from({ length: 12 }, () => ({
          quote: PROSE.slice(0, 60),
          problem: PARAGRAPH.slice(0, 200),
          suggestion: 'none',
        })),
        verdict: 'accept',
      });
    case 'scene.reflect':
      return need({
        worldChanges: [
          { entry: 'Marrow objects', statement: 'Ada has the brass key.', quote: 'Ada Quill found the brass key' },
        ],
        memories: [{ persona: 'Ada Quill', text: `found the brass key: ${PARAGRAPH.slice(0, 200)}` }],
        obligationsOpened: [],
        obligationsResolved: [],
      });
    case 'scene.summarise':
      return need({ summary: PARAGRAPH });
    default:
      throw new Error(`the bench has no answer for ${task}`);
  }
}
