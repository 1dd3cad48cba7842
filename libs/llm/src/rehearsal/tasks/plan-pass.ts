import type { ChapterOutline, PlanPass } from '@fiction/contracts';
import { CHAPTER_ARCS, TITLE_FORMS, type ChapterArc } from '../banks/chapter-arcs';
import { SeededRandom } from '../language/seeded-random';
import { article, capitalised, clip, clipLine, inSentence, titleCased } from '../language/wording';
import { renderPhrase, type RenderContext } from '../language/template';
import { protagonistFirst } from '../story/cast-order';
import { indefinite } from '../story/clue';
import { viewOf, type PassView } from '../story/materials';
import { shortName } from '../story/people';
import { placeOf } from '../story/place';
import { castOf, chapterKernel, placesOf, sagaOf, type Saga } from '../story/saga';
import { outlineContext, type BeatFacts } from '../story/state-beats';

export function composePlanPass(material: unknown): PlanPass {
  const view = viewOf<PassView>(material, { world: [], earlierPasses: [], passIndex: 0, chapters: 1 });
  const saga = sagaOf(view.book);
  const chapters = outlines(view, saga);
  const core = `the ${saga.core}`;
  const random = new SeededRandom(`pass ${view.passIndex} ${saga.seed}`);
  const first = chapters[0]!.title;
  const last = chapters.at(-1)!.title;
  return {
    adjustments: view.passIndex === 0 ? [] : adjustments(view, first, last, core).map(clipLine),
    priorities: [
      `Keep ${core} in the reader’s eye in every chapter, and out of reach until the last.`,
      `Let what is planted in one chapter come due in the next, and the first plant of “${first}” only in “${last}”.`,
    ].map(clipLine),
    risks: [
      random.pick([
        `The middle could become a string of interviews: each must cost somebody something.`,
        `Too many people know about ${core} too early: ration it.`,
      ]),
    ].map(clipLine),
    openQuestions: view.isLast
      ? []
      : [clipLine(`Who, besides the reader, suspects the truth about ${core} by the middle of the book?`)],
    chapters,
  };
}

function adjustments(view: PassView, first: string, last: string, core: string): string[] {
  return [
    `“${first}” now ends on a decision instead of a discovery, so that the second chapter has something to answer.`,
    `The first plant is handed on from chapter to chapter and comes due only in “${last}”.`,
    `${capitalised(core)} is touched in every chapter; before, ${view.chapters > 2 ? 'the middle forgot it' : 'it vanished after the opening'}.`,
  ];
}

function outlines(view: PassView, saga: Saga): ChapterOutline[] {
  const named: { name: string; role: string }[] = view.vision?.cast?.length ? view.vision.cast : castOf(saga, []);
  const cast = protagonistFirst(named);
  const hero = cast[0]!;
  const others = cast.slice(1);
  const places = placesFrom(view, saga);
  const used = new Set<string>();
  return Array.from({ length: view.chapters }, (_, index) => {
    const number = index + 1;
    const kernel = chapterKernel(saga, number, view.chapters);
    const other = others.length === 0 ? hero : partnerOf(others, number, kernel.isLast);
    const chapterPlaces = chosenPlaces(places, number, view.chapters);
    const facts: BeatFacts = {
      pov: hero.name,
      other: other.name,
      absent: others.find(({ name }) => name !== other.name)?.name ?? 'somebody',
      place: chapterPlaces[0]!,
      core: saga.core,
      clue: kernel.clue,
      revelation: kernel.revelation,
      premise: view.book.premise,
      firstPerson: view.book.pov === 'first',
    };
    const arc = arcOf(number, view.chapters);
    const context = titleContext(facts);
    const title = freshTitle(arc, context, used, saga, number);
    return {
      title,
      summary: clip(capitalised(renderPhrase(arc.summary, context)), 2000),
      pov: clipLine(hero.name),
      places: chapterPlaces.map(clipLine),
    };
  });
}

/** The antagonist, who is second in the cast, has the last chapter; before that everyone takes turns, others first. */
function partnerOf<T>(others: readonly T[], number: number, isLast: boolean): T {
  return isLast ? others[0]! : others[number % others.length]!;
}

function arcOf(number: number, of: number): ChapterArc {
  if (number >= of) return CHAPTER_ARCS.at(-1)!;
  const middle = CHAPTER_ARCS.slice(0, -1);
  if (number === 1) return middle[0]!;
  return middle[
    Math.min(middle.length - 1, 1 + Math.floor(((number - 2) / Math.max(1, of - 2)) * (middle.length - 1)))
  ]!;
}

function placesFrom(view: PassView, saga: Saga): string[] {
  const known = view.world.filter(({ type }) => type === 'location').map(({ name }) => name);
  const cast = (view.vision?.cast ?? []).map(({ name }) => name);
  return known.length > 0 ? known : placesOf(saga, cast).map(capitalised);
}

const PLACES_PER_CHAPTER = 3;

/** The book ends where it began. */
function chosenPlaces(places: readonly string[], number: number, of: number): string[] {
  const start = number >= of ? 0 : (number - 1) * (PLACES_PER_CHAPTER - 1);
  const chosen = Array.from({ length: PLACES_PER_CHAPTER }, (_, index) => places[(start + index) % places.length]!);
  return [...new Set(chosen)];
}

function titleContext(facts: BeatFacts): RenderContext {
  const base = outlineContext(facts);
  const noun = facts.clue.noun.split(' ').at(-1)!;
  const slots: Record<string, string> = {
    'place.title': titleCased(placeOf(facts.place, facts.premise).said.replace(/^the /, 'the ')),
    'clue.title': titleCased(indefinite(facts.clue)),
    'noun.title': titleCased(noun),
    'noun.a': `${article(noun)} ${titleCased(noun)}`,
    'core.title': titleCased(`the ${facts.core}`),
    'b.title': shortName(facts.other),
  };
  return { ...base, slot: (name) => slots[name] ?? base.slot(name) };
}

/** No two chapters share a title: the arc's own first, then forms with the chapter's things in them. */
function freshTitle(arc: ChapterArc, context: RenderContext, used: Set<string>, saga: Saga, number: number): string {
  const random = new SeededRandom(`title ${number} ${saga.seed}`);
  const forms = [...random.shuffled(arc.titles), ...random.shuffled(TITLE_FORMS)];
  const tidy = (form: string): string =>
    clipLine(
      titleCased(capitalised(renderPhrase(form, context))).replace(/(?<=\S )(The|A|An)\b/g, (word) =>
        word.toLowerCase(),
      ),
    );
  const title =
    forms.map(tidy).find((candidate) => !used.has(candidate)) ??
    `${tidy('{clue.title}')}, ${inSentence(`Part ${number}`)}`;
  used.add(title);
  return title;
}
