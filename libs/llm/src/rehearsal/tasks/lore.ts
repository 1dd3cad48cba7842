import { ENTRY_TYPE_OF_DOMAIN, type LoreCheck, type WorldEntryDraft } from '@fiction/contracts';
import { SeededRandom } from '../language/seeded-random';
import { capitalised, clip, clipLine, inSentence } from '../language/wording';
import { viewOf, type LoreDraftView } from '../story/materials';
import { sagaOf } from '../story/saga';

const SHAPES: Record<keyof typeof ENTRY_TYPE_OF_DOMAIN, readonly string[]> = {
  people: [
    '{name} is spoken of more than met: somebody who was there, did what was asked, and was not thanked. People lower their voices at the name and cannot say why.',
  ],
  places: [
    '{name} lies a little out of everyone’s way, which is its use. Whoever goes there is seen going and not seen there.',
  ],
  factions: [
    '{name}: not a society, for nobody has joined it; a habit, rather, of the same few people agreeing. They hold what they hold by never having been asked for it.',
  ],
  history: [
    '{name}: a thing that happened in one evening and has been told for years. Three people were present, four remember it, and the account that was written down was written by the one who left early.',
  ],
  rules: [
    '{name}: nobody can say who made the rule, and everybody can say what becomes of those who break it. It is kept best by those it harms.',
  ],
  objects: [
    '{name}: plain, well made, worn on one side. It has been in more hands than it should, and each of them has left it a little lighter.',
  ],
};

const FACTS: readonly string[] = [
  'A public record mentioned {name} once, and got the name wrong.',
  'Somebody gave an account of {name} under oath and later withdrew it.',
  'More people knew of {name} than admitted it.',
  'Somebody changed something about {name} after {core} first gave trouble.',
  'A child was once punished for asking about {name}.',
];

export function draftLore(material: unknown): WorldEntryDraft {
  const { book, need, related, refused } = viewOf<LoreDraftView>(material, { related: [] });
  const saga = sagaOf(book);
  // A rejected draft is not simply told again.
  const random = new SeededRandom(`lore ${saga.seed} ${need.name}${refused?.reason ?? ''}`);
  const said = saidOf(need);
  const fill = (text: string): string =>
    capitalised(text.replaceAll('{name}', said).replaceAll('{core}', `the ${saga.core}`));
  const shape = random.pick(SHAPES[need.domain] ?? SHAPES.objects);
  const why = need.why.replace(/[.\s]+$/, '');
  return {
    name: clipLine(need.name),
    aliases:
      said.startsWith('the ') && said.length > 5
        ? [clipLine(said.slice(4)), clipLine(said)].filter((alias) => alias !== need.name)
        : [],
    summary: clip(`${fill(shape)} ${capitalised(why)}.`, 4000),
    facts: random
      .shuffled(FACTS)
      .slice(0, 2)
      .map((fact) => ({ statement: clipLine(fill(fact)), from: '0.0', until: null })),
    relations: related
      .filter(({ name }) => name.toLowerCase() !== need.name.toLowerCase())
      .slice(0, 2)
      .map(({ name }) => ({ to: clipLine(name), kind: 'bears on' })),
  };
}

/** It wrote both the bible and the draft from one hand, and finds them in agreement. */
export function checkLore(): LoreCheck {
  return { verdict: 'consistent', contradictions: [] };
}

/** "Brass key" is said "the brass key"; proper names and phrases are said as they are. */
function saidOf({ domain, name }: LoreDraftView['need']): string {
  const said = inSentence(name);
  const isBareThing = domain === 'objects' && /^\p{Lu}\p{Ll}+( \p{Ll}[\p{L}-]*)*$/u.test(said);
  return isBareThing && !/^(The|A|An) /.test(said) ? `the ${said.charAt(0).toLowerCase()}${said.slice(1)}` : said;
}
