import type { Critique, Reflection, SceneSummary } from '@fiction/contracts';
import { SeededRandom } from '../language/seeded-random';
import { capitalised, clip, clipLine, containsPhrase, countWords, sentencesOf } from '../language/wording';
import { readClue } from '../story/clue';
import { viewOf, type SceneView } from '../story/materials';
import { SCENE_DEFAULTS } from './draft';

/** One scene in eight is sent back, and always the same ones. */
export function critiqueScene(material: unknown): Critique {
  const view = viewOf<SceneView>(material, SCENE_DEFAULTS);
  const random = new SeededRandom(`critique ${view.prose}`);
  const sentences = sentencesOf(view.prose).filter((sentence) => sentence.length <= 240 && countWords(sentence) > 5);
  const score = (): number => 6 + random.below(7) / 2;
  const revise = random.chance(1 / 8) && sentences.length > 0;
  return {
    scores: { voice: score(), pace: score(), continuity: score(), clarity: score() },
    problems: revise
      ? [
          {
            quote: random.pick(sentences),
            problem: 'The sentence tells the reader what the one before it has shown.',
            suggestion: 'Cut it, or let a hand or an object do its work.',
          },
        ]
      : [],
    verdict: revise ? 'revise' : 'accept',
  };
}

export function reflectScene(material: unknown): Reflection {
  const view = viewOf<SceneView>(material, SCENE_DEFAULTS);
  const { scene, chapter, prose, persona } = view;
  const sentences = sentencesOf(prose.replace(/\s+/g, ' '));
  const prints = sentencesOf(prose).filter((sentence) => sentence.length <= 280 && !sentence.includes('\n'));
  void sentences;
  const held = (phrase: string): boolean => containsPhrase(prose, phrase);
  const changes = scene.beats.flatMap((beat) => {
    const quote = prints.find((sentence) => beat.mentions.some((mention) => containsPhrase(sentence, mention)));
    const entry = view.world.find(({ name }) =>
      beat.mentions.some((mention) => mention.toLowerCase() === name.toLowerCase()),
    );
    return quote === undefined
      ? []
      : [{ entry: entry?.name ?? scene.pov, statement: clipLine(`${beat.text.replace(/\.$/, '')}.`), quote }];
  });
  const paid = new Set(chapter.payoffs.map((payoff) => readClue(payoff).noun));
  const isLastScene = scene.number >= scene.of;
  return {
    worldChanges: changes.slice(0, 3),
    memories: scene.cast.slice(0, 2).map((name, index) => ({
      persona: name,
      text: clipLine(index === 0 ? capitalised(scene.outcome) : `Was there when this happened: ${scene.outcome}`),
    })),
    obligationsOpened: chapter.plants
      .filter(
        (plant) =>
          held(readClue(plant).noun) && !persona.obligations.includes(plant) && !chapter.payoffs.includes(plant),
      )
      .map(clipLine)
      .slice(0, 2),
    obligationsResolved: persona.obligations
      .filter(
        (owed) =>
          held(readClue(owed).noun) && (paid.has(readClue(owed).noun) || (isLastScene && chapter.number >= chapter.of)),
      )
      .slice(0, 6),
  };
}

export function summariseScene(material: unknown): SceneSummary {
  const { scene } = viewOf<SceneView>(material, SCENE_DEFAULTS);
  const happened = scene.beats.map(({ text }) => `${capitalised(text.replace(/\.$/, ''))}.`).join(' ');
  return { summary: clip(`${capitalised(scene.storyTime)}, ${scene.place}. ${happened}`, 4000) };
}
