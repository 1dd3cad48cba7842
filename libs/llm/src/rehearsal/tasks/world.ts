import type { Vision, WorldDomain, WorldDomainAnswer, WorldEntryDraft } from '@fiction/contracts';
import { GENRE_FACTIONS, GENRE_OBJECTS } from '../banks/genre-places';
import { FACTION_FACTS, OBJECT_FACTS, PERSON_FACTS, PLACE_FACTS, PLACE_SUMMARIES, RULES } from '../banks/world-bank';
import { SeededRandom } from '../language/seeded-random';
import { capitalised, clip, clipLine, inSentence } from '../language/wording';
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
  const shorts = shortNames(cast.map(({ name }) => name));
  return cast.map((member, index) => {
    const random = new SeededRandom(`person ${saga.seed} ${member.name}`);
    const { he, his } = pronounsOf(member.name, book.premise);
    const fill = (text: string): string =>
      text
        .replaceAll('{name}', shorts.get(member.name)!)
        .replaceAll('{core}', core)
        .replaceAll('{he}', he)
        .replaceAll('{his}', his);
    const other = cast[(index + 1) % cast.length]!;
    return {
      name: member.name,
      aliases: aliasesOf(member.name, shorts.get(member.name)!),
      summary: clip(
        `${member.description} Wants ${member.want}; fears ${member.fear.replace(/^of /, '')}. Voice: ${member.voice}.`,
        4000,
      ),
      facts: random
        .shuffled(PERSON_FACTS)
        .slice(0, 3)
        .map((fact) => before(capitalised(fill(fact)))),
      relations:
        other.name === member.name
          ? []
          : [
              {
                to: other.name,
                kind: random.pick(['owes a favour to', 'does not trust', 'grew up beside', 'keeps a secret for']),
              },
            ],
    };
  });
}

function aliasesOf(name: string, short: string): string[] {
  const last = name.trim().split(/\s+/).at(-1)!;
  return [...new Set([short, last])].filter((alias) => alias !== name && alias.length > 1).map(clipLine);
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

function places({ saga, core, vision }: Request): WorldEntryDraft[] {
  const owner = castOfVision(vision)[0]!.name;
  return placesOf(saga).map((name, index) => {
    const random = new SeededRandom(`place ${saga.seed} ${name}`);
    const place = placeOf(name);
    const fill = (text: string): string => text.replaceAll('{place}', place.said).replaceAll('{core}', core);
    const sentence = saga.mined.sentences.find((text) => text.includes(inSentence(name).replace(/^the /, '')));
    return {
      name: capitalised(name),
      aliases: place.said.startsWith('the ') ? [place.said.slice(4)] : [],
      summary: clip(
        capitalised(fill(`${random.pick(PLACE_SUMMARIES[place.type])}${sentence === undefined ? '' : ` ${sentence}`}`)),
        4000,
      ),
      facts: random
        .shuffled(PLACE_FACTS)
        .slice(0, 2)
        .map((fact) => before(capitalised(fill(fact)))),
      relations:
        index === 0
          ? [{ to: owner, kind: 'known to' }]
          : [{ to: capitalised(placesOf(saga)[index - 1]!), kind: 'a short walk from' }],
    };
  });
}

function factions({ saga, core, vision }: Request): WorldEntryDraft[] {
  const counter = castOfVision(vision).at(-1)!.name;
  return GENRE_FACTIONS[saga.genre].slice(1).map((name, index) => ({
    name: capitalised(name),
    aliases: [name.replace(/^the /, '')],
    summary: clip(
      `${capitalised(name)} ${FACTION_FACTS[index % FACTION_FACTS.length]!.replaceAll('{core}', core)}`,
      4000,
    ),
    facts: [before(`${capitalised(name)} voted, the last time it came up, to leave ${core} alone.`)],
    relations: [{ to: counter, kind: 'has had dealings with' }],
  }));
}

function history({ saga, core, book }: Request): WorldEntryDraft[] {
  const told = saga.mined.sentences.slice(0, 6);
  const place = placeOf(placesOf(saga)[0]!);
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
  const others = [...saga.mined.objects.filter((object) => object !== saga.core), ...GENRE_OBJECTS[saga.genre]];
  const names = [saga.core, ...new Set(others)].slice(0, 5);
  return names.map((name, index) => {
    const random = new SeededRandom(`object ${saga.seed} ${name}`);
    const said = `the ${name}`;
    return {
      name: capitalised(name),
      aliases: [said],
      summary: clip(
        `${capitalised(said)}${index === 0 ? ', on which everything turns,' : ''} ${random.pick(OBJECT_FACTS)} ${index === 0 ? '' : `It was kept near ${core} and is seldom mentioned without it.`}`,
        4000,
      ),
      facts: [before(`${capitalised(said)} was last signed for by somebody who gave only initials.`)],
      relations:
        index === 0 ? [{ to: keeper, kind: 'was kept by' }] : [{ to: capitalised(saga.core), kind: 'was kept beside' }],
    };
  });
}
