import type { Vision } from '@fiction/contracts';
import { GENRE_FACTIONS } from '../banks/genre-places';
import { FEARS, GOALS, THEMES, VOICE_NOTES, WANTS } from '../banks/vision-bank';
import { SeededRandom } from '../language/seeded-random';
import { capitalised, clip, clipLine, listed } from '../language/wording';
import { inSentence } from '../language/wording';
import { viewOf, type VisionView } from '../story/materials';
import { pronounsOf, shortName } from '../story/people';
import { castOf, placesOf, sagaOf, type CastView, type Saga } from '../story/saga';
import { protagonistFirst } from '../story/cast-order';
import { voiceOf } from '../story/voice';

export function composeVision(material: unknown): Vision {
  const { book, cast, chapters } = viewOf<VisionView>(material, { cast: [], chapters: 1 });
  const saga = sagaOf(book);
  const random = new SeededRandom(`vision ${saga.seed}`);
  const people = castOf(saga, cast);
  const [hero, counter] = protagonistFirst(people);
  const core = `the ${saga.core}`;
  const place = inSentence(
    placesOf(
      saga,
      people.map(({ name }) => name),
    )[0]!,
  );
  const premise = saga.mined.sentences[0] ?? clip(book.premise, 200);
  return {
    authorSummary: clip(
      [
        `${premise} This is the story of ${hero!.name} and of ${core}, and it takes ${chapters === 1 ? 'one chapter' : `${chapters} chapters`} to get from the one to the other.`,
        `It begins at ${place} with a question that looks like a formality. Every answer costs somebody something, and the bill goes round: ${listed(people.map(({ name }) => name).slice(0, 4))} each hold a piece of it and each have a reason to keep it. At the end ${core} is explained, which is not the same as mended, and ${shortName(hero!.name)} knows what the explanation was worth. Tone: ${book.tone}.`,
      ].join('\n\n'),
      8000,
    ),
    logline: clipLine(
      `${capitalised(inSentence(hero!.name))} must find out the truth about ${core} before ${counter!.name} can bury it, and will lose ${random.pick(['a friend', 'the last good excuse', 'the right to look away', 'a home'])} by it.`,
    ),
    goals: random
      .shuffled(GOALS)
      .slice(0, 3)
      .map((goal) => clipLine(goal.replaceAll('{core}', core))),
    themes: random.shuffled(THEMES[saga.genre]).slice(0, 3),
    acts: actsOf(hero!.name, counter!.name, core, place, random),
    cast: people.map((member) => describe(member, saga, book.premise)),
    lore: loreOf(saga, core),
  };
}

function actsOf(hero: string, counter: string, core: string, place: string, random: SeededRandom): Vision['acts'] {
  const second = random.pick(['The second account', 'What the record leaves out', 'Hands changed']);
  return [
    {
      name: 'The question',
      summary: `At ${place} ${hero} is brought up against ${core} by what looks like a formality, and is told it is a small matter. It is not: the first plain question makes an enemy of ${counter}, and after it nobody can pretend that nothing was asked.`,
    },
    {
      name: second,
      summary: `Two accounts of ${core} turn up where there should be one. ${hero} follows the difference from hand to hand, trusts somebody a day too long, and learns what the silence has been paid for. From here on going home would be a decision too.`,
    },
    {
      name: 'The reckoning',
      summary: `${counter} makes an offer that is nearly kind. ${hero} declines it, puts the pieces together in front of everyone they belong to, and has to live with the order they make. What ${core} cost is now known, and known by name.`,
    },
  ];
}

function describe(member: CastView, saga: Saga, premise: string): Vision['cast'][number] {
  const random = new SeededRandom(`cast ${saga.seed} ${member.name}`);
  const { he, his } = pronounsOf(member.name, premise);
  const voice = voiceOf(member.name, member.baseline);
  return {
    name: member.name,
    role: clipLine(member.role),
    description: clip(
      `${member.name}, ${member.role}: ${member.baseline}. ${random.pick([
        `${capitalised(he)} has lived with the ${saga.core} so long that ${he} no longer hears ${his} own voice change when it is named.`,
        `${capitalised(he)} keeps ${his} hands still when ${he} is thinking and busy when ${he} is not.`,
        `${capitalised(he)} counts: steps, coins, the seconds before other people answer.`,
        `${capitalised(he)} is at ${his} best with strangers and knows what that says about ${him(his)}.`,
      ])}`,
      2000,
    ),
    want: clipLine(random.pick(WANTS).replaceAll('{core}', `the ${saga.core}`)),
    fear: clipLine(random.pick(FEARS).replaceAll('{core}', `the ${saga.core}`)),
    voice: clipLine(`${member.baseline}; ${VOICE_NOTES[voice]}`),
  };
}

const him = (his: 'his' | 'her'): string => (his === 'his' ? 'him' : 'her');

function loreOf(saga: Saga, core: string): Vision['lore'] {
  const faction = GENRE_FACTIONS[saga.genre][0]!;
  return [
    {
      domain: 'history',
      name: clipLine(`the night of ${core}`),
      why: `Everybody tells it differently, and the last chapter needs one account that holds.`,
    },
    { domain: 'rules', name: clipLine(`who may touch ${core}`), why: `The obstacle of the first act stands on it.` },
    { domain: 'factions', name: faction, why: 'Somebody has to profit from the silence.' },
  ];
}
