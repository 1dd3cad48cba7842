import type { Critique, Reflection, SceneSummary } from '@fiction/contracts';
import { SeededRandom } from '../language/seeded-random';
import { capitalised, clip, clipLine, containsPhrase, countWords, sentencesOf } from '../language/wording';
import { readClue } from '../story/clue';
import { viewOf, type SceneView } from '../story/materials';
import { SCENE_DEFAULTS } from './draft';

const PROBLEMS: readonly { problem: string; suggestion: string }[] = [
  {
    problem: 'The sentence tells the reader what the one before it has shown.',
    suggestion: 'Cut it, or let a hand or an object do its work.',
  },
  {
    problem: 'The scene stops here to admire itself.',
    suggestion: 'Cut it, and go straight on to what somebody does next.',
  },
  { problem: 'The paragraph has said this already, better.', suggestion: 'Cut it.' },
];

/** One scene in eight is sent back, and always the same ones. */
export function critiqueScene(material: unknown): Critique {
  const view = viewOf<SceneView>(material, SCENE_DEFAULTS);
  const random = new SeededRandom(`critique ${view.prose}`);
  const score = (): number => 6 + random.below(7) / 2;
  const scores = { voice: score(), pace: score(), continuity: score(), clarity: score() };
  if (!random.chance(1 / 8)) return { scores, problems: [], verdict: 'accept' };
  const quotable = narrated(view.prose).filter((sentence) => !namesABeat(sentence, view));
  if (quotable.length === 0) return { scores, problems: [], verdict: 'accept' };
  return { scores, problems: [{ quote: random.pick(quotable), ...random.pick(PROBLEMS) }], verdict: 'revise' };
}

/** Whole sentences of narration, to the letter, short enough to quote. */
function narrated(prose: string): string[] {
  return prose
    .split(/\n+/)
    .flatMap(sentencesOf)
    .filter((sentence) => sentence.length <= 240 && countWords(sentence) > 5 && !/[“”"]/.test(sentence));
}

const namesABeat = (sentence: string, { scene }: SceneView): boolean =>
  scene.beats.some(({ mentions }) => mentions.some((mention) => containsPhrase(sentence, mention)));

export function reflectScene(material: unknown): Reflection {
  const view = viewOf<SceneView>(material, SCENE_DEFAULTS);
  return {
    worldChanges: [...worldChanges(view), ...meetings(view)],
    memories: view.scene.cast
      .slice(0, 2)
      .map((persona) => ({ persona, text: clipLine(capitalised(view.scene.outcome)) })),
    ...obligations(view),
  };
}

function worldChanges({ scene, world, prose }: SceneView): Reflection['worldChanges'] {
  const sentences = prose
    .split(/\n+/)
    .flatMap(sentencesOf)
    .filter((sentence) => sentence.length <= 280);
  const known = world.map(({ name }) => name);
  const told = new Set(world.flatMap(({ facts }) => facts.map(({ statement }) => statement)));
  return scene.beats.slice(0, 5).flatMap(({ text, mentions }) => {
    const mention = mentions.find((phrase) => sentences.some((sentence) => containsPhrase(sentence, phrase)));
    if (mention === undefined) return [];
    const entry = known.find((name) => mentions.some((phrase) => containsPhrase(name, phrase))) ?? scene.pov;
    const quote = sentences.find((sentence) => containsPhrase(sentence, mention))!;
    const statement = clipLine(`${capitalised(text.replace(/\.$/, ''))}.`);
    return told.has(statement)
      ? []
      : [{ kind: 'fact-begins' as const, entry: clipLine(entry), statement, to: '', quote }];
  });
}

/** Who is named in one sentence with the point-of-view person has met them. */
function meetings({ scene, prose }: SceneView): Reflection['worldChanges'] {
  const sentences = prose
    .split(/\n+/)
    .flatMap(sentencesOf)
    .filter((sentence) => sentence.length <= 280 && containsPhrase(sentence, scene.pov));
  const others = scene.cast.filter((name) => name !== scene.pov);
  return others.slice(0, 1).flatMap((to) => {
    const quote = sentences.find((sentence) => containsPhrase(sentence, to));
    if (quote === undefined) return [];
    return [{ kind: 'relation-begins' as const, entry: clipLine(scene.pov), statement: 'met', to, quote }];
  });
}

/** A plant that the prose shows opens a promise; a payoff that it shows keeps one. */
function obligations({
  scene,
  chapter,
  prose,
  persona,
}: SceneView): Pick<Reflection, 'obligationsOpened' | 'obligationsResolved'> {
  const shown = (phrase: string): boolean => containsPhrase(prose, readClue(phrase).noun);
  const paid = new Set(chapter.payoffs.map((payoff) => readClue(payoff).noun));
  const isTheEnd = scene.number >= scene.of && chapter.number >= chapter.of;
  const opened = chapter.plants.filter(
    (plant) => shown(plant) && !persona.obligations.includes(plant) && !(isTheEnd || paid.has(readClue(plant).noun)),
  );
  const kept = persona.obligations.filter((owed) => paid.has(readClue(owed).noun) && (shown(owed) || isTheEnd));
  return { obligationsOpened: opened.slice(0, 6).map(clipLine), obligationsResolved: kept.slice(0, 6).map(clipLine) };
}

export function summariseScene(material: unknown): SceneSummary {
  const { scene } = viewOf<SceneView>(material, SCENE_DEFAULTS);
  const happened = scene.beats.map(({ text }) => `${capitalised(text.replace(/\.$/, ''))}.`).join(' ');
  return { summary: clip(`${capitalised(scene.storyTime)}, ${scene.place}. ${happened}`, 4000) };
}
