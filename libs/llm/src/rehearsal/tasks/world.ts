import type { Vision, WorldDomain, WorldDomainAnswer, WorldEntryDraft } from '@fiction/contracts';
import { GENRE_FACTIONS, GENRE_OBJECTS } from '../banks/genre-places';
import {
  FACTION_FACTS,
  HERO_FACTS,
  OBJECT_FACTS,
  OBJECT_HISTORY,
  PERSON_FACTS,
  PLACE_FACTS,
  PLACE_SUMMARIES,
  RULES,
} from '../banks/world-bank';
import { SeededRandom } from '../language/seeded-random';
import { capitalised, clip, clipLine, inSentence } from '../language/wording';
import { protagonistFirst } from '../story/cast-order';
import { viewOf, type WorldDomainView } from '../story/materials';
import { pronounsOf, shortNames } from '../story/people';
import { placeOf } from '../story/place';
import { placesOf, sagaOf, type Saga } from '../story/saga';

interface Request extends WorldDomainView {
  saga: Saga;
  core: string;
}

const AUTHORS: Record<WorldDomain, (request: Request) => WorldEntryDraft[]> = {
  people,
  places,
  factions,
  history,
  rules,
  objects,
};

export function composeDomain(material: unknown): WorldDomainAnswer {
  const view = viewOf<WorldDomainView>(material, { entries: [], domain: 'places' });
  const saga = sagaOf(view.book);
  const request = { ...view, saga, core: `the ${saga.core}` };
  const author = AUTHORS[view.domain];
  if (author === undefined) throw new RangeError(`There is no world domain "${String(view.domain)}"`);
  const taken = new Set(view.entries.map(({ name }) => name.toLowerCase()));
  const all = author(request);
  const fresh = all.filter(({ name }) => !taken.has(name.toLowerCase()));
  return { entries: (fresh.length > 0 ? fresh : all).slice(0, 24) };
}

const before = (statement: string): WorldEntryDraft['facts'][number] => ({
  statement: clipLine(statement),
  from: '0.0',
  until: null,
});

function people({ vision, book, core, saga }: Request): WorldEntryDraft[] {
  const cast = castOfVision(vision);
  const names = cast.map(({ name }) => name);
  const shorts = shortNames(names);
  const home = inSentence(placesOf(saga, names)[0]!);
  const [hero] = protagonistFirst(cast);
  const pool = new SeededRandom(`people ${saga.seed}`).shuffled(PERSON_FACTS);
  return cast.map((member, index) => {
    const random = new SeededRandom(`person ${saga.seed} ${member.name}`);
    const { he, his, him } = pronounsOf(member.name, book.premise);
    const words: Record<string, string> = { name: shorts.get(member.name)!, core, he, his, him, home };
    const facts = member === hero ? random.shuffled(HERO_FACTS).slice(0, 2) : slice(pool, index * 2, 2);
    const other = cast[(index + 1) % cast.length]!;
    const kind = random.pick(['owes a favour to', 'does not trust', 'knew the parents of', 'keeps a secret for']);
    return {
      name: member.name,
      aliases: aliasesOf(member.name, shorts.get(member.name)!, names),
      summary: clip(
        `${member.description} Wants ${member.want}; fears ${member.fear.replace(/^of /, '')}. Voice: ${member.voice}.`,
        4000,
      ),
      facts: facts.map((fact) => before(filled(fact, words))),
      relations: other === member ? [] : [{ to: other.name, kind }],
    };
  });
}

/** `count` of a list from `from` on, round and round. */
function slice<T>(list: readonly T[], from: number, count: number): T[] {
  return Array.from({ length: count }, (_, index) => list[(from + index) % list.length]!);
}

const filled = (text: string, words: Record<string, string>): string =>
  capitalised(text.replace(/\{(\w+)\}/g, (slot, name: string) => words[name] ?? slot));

/** A surname that two people share could mean either. */
function aliasesOf(name: string, short: string, all: readonly string[]): string[] {
  const last = name.trim().split(/\s+/).at(-1)!;
  const isShared = all.filter((other) => other.trim().split(/\s+/).at(-1) === last).length > 1;
  return [...new Set(isShared ? [short] : [short, last])]
    .filter((alias) => alias !== name && alias.length > 1)
    .map(clipLine);
}

function castOfVision(vision: Partial<Vision> | undefined): Vision['cast'] {
  const cast = vision?.cast ?? [];
  return cast.length > 0
    ? cast
    : [
        {
          name: 'The narrator',
          role: 'narrator',
          description: 'Whoever tells it.',
          want: 'to tell it',
          fear: 'silence',
          voice: 'plain',
        },
      ];
}

function places({ saga, core, vision, book }: Request): WorldEntryDraft[] {
  const cast = castOfVision(vision).map(({ name }) => name);
  const all = placesOf(saga, cast);
  const pool = new SeededRandom(`places ${saga.seed}`).shuffled(PLACE_FACTS);
  return all.map((name, index) => {
    const random = new SeededRandom(`place ${saga.seed} ${name}`);
    const place = placeOf(name, book.premise);
    const words = { place: place.said, at: place.at, core };
    const sentence = saga.mined.sentences.find((text) => text.includes(place.said.replace(/^the /, '')));
    const summary = filled(random.pick(PLACE_SUMMARIES[place.type]), words);
    return {
      name: capitalised(name),
      aliases: place.said.startsWith('the ') ? [place.said.slice(4)] : [],
      summary: clip(sentence === undefined ? summary : `${summary} ${sentence}`, 4000),
      facts: slice(pool, index * 2, 2).map((fact) => before(filled(fact, words))),
      relations: [
        index === 0
          ? { to: cast[0]!, kind: 'known to' }
          : { to: capitalised(all[index - 1]!), kind: 'a short walk from' },
      ],
    };
  });
}

function factions({ saga, core, vision }: Request): WorldEntryDraft[] {
  const counter = castOfVision(vision).at(-1)!.name;
  return GENRE_FACTIONS[saga.genre].slice(1).map((name, index) => ({
    name: capitalised(name),
    aliases: [name.replace(/^the /, '')],
    summary: filled(FACTION_FACTS[index % FACTION_FACTS.length]!, { name, core }),
    facts: [before(`The last time it came to a vote, the voice of ${name} was for leaving ${core} alone.`)],
    relations: [{ to: counter, kind: 'has had dealings with' }],
  }));
}

function history({ saga, core, book }: Request): WorldEntryDraft[] {
  const told = saga.mined.sentences.slice(0, 6);
  const place = placeOf(placesOf(saga)[0]!, book.premise);
  return [
    {
      name: clipLine(`What is told about ${core}`),
      aliases: [],
      summary: clip(told.length > 0 ? told.join(' ') : book.premise, 4000),
      facts: (told.length > 0
        ? told.slice(0, 4)
        : [`${capitalised(core)} was there before anyone asked about it.`]
      ).map(before),
      relations: [{ to: capitalised(saga.core), kind: 'concerns' }],
    },
    {
      name: 'The year of the two inventories',
      aliases: ['the two inventories'],
      summary: `Eleven years ago everything ${place.at} was counted twice, by two people who were not told of one another. The lists agreed in all but one line, and the line was ${core}.`,
      facts: [
        before(`The two inventories differed in one line only, and that line was ${core}.`),
        before('Both lists were signed, and one signature was added later.'),
      ],
      relations: [],
    },
  ];
}

function rules({ saga, core }: Request): WorldEntryDraft[] {
  return new SeededRandom(`rules ${saga.seed}`)
    .shuffled(RULES)
    .slice(0, 3)
    .map((rule) => ({
      name: clipLine(rule.name.replaceAll('{core}', core)),
      aliases: [],
      summary: rule.summary.replaceAll('{core}', core),
      facts: rule.facts.map((fact) => before(capitalised(fact.replaceAll('{core}', core)))),
      relations: [],
    }));
}

function objects({ saga, core, vision }: Request): WorldEntryDraft[] {
  const keeper = castOfVision(vision).at(-1)!.name;
  const noun = saga.core.split(' ').at(-1);
  const others = [...saga.mined.objects, ...GENRE_OBJECTS[saga.genre]].filter(
    (name) => name.split(' ').at(-1) !== noun,
  );
  const stories = new SeededRandom(`objects ${saga.seed}`).shuffled(OBJECT_HISTORY);
  return [saga.core, ...new Set(others)].slice(0, 5).map((name, index) => {
    const said = `the ${name}`;
    const look = OBJECT_FACTS[index % OBJECT_FACTS.length]!;
    const nearby = index === 0 ? '' : ` It was kept near ${core} and is seldom mentioned without it.`;
    return {
      name: capitalised(name),
      aliases: [said],
      summary: clip(`${capitalised(said)}${index === 0 ? ', on which everything turns,' : ''} ${look}${nearby}`, 4000),
      facts: [before(filled(stories[index % stories.length]!, { it: said }))],
      relations:
        index === 0 ? [{ to: keeper, kind: 'was kept by' }] : [{ to: capitalised(saga.core), kind: 'was kept beside' }],
    };
  });
}
