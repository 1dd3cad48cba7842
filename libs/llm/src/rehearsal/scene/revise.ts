import { containsPhrase, countWords, sentencesOf } from '../language/wording';
import { viewOf, type SceneView } from '../story/materials';
import { draftScene, SCENE_DEFAULTS } from './draft';
import { withMentions } from './play-beat';
import { SceneStage } from './scene-stage';

/** Shorter quotes would take innocent sentences with them. */
const SHORTEST_QUOTE = 12;

/**
 * The prose with its findings settled: what was quoted is gone unless a beat needs it, no paragraph stands twice, every
 * mention is there, and the length is near the target. Prose that has become too short for that, or is told
 * in the wrong person, is written again.
 */
export function reviseScene(material: unknown): string {
  const view = viewOf<SceneView>(material, SCENE_DEFAULTS);
  const kept = shortened(view, withoutQuoted(view, withoutRepeats(paragraphsOf(view.prose))));
  const isBeyondMending =
    kept.length === 0 || countWords(kept.join('\n')) < view.targetWords * 0.85 || tellsInWrongPerson(view);
  return withMissing(view, isBeyondMending ? rewritten(material, view) : kept).join('\n\n');
}

const paragraphsOf = (prose: string): string[] =>
  prose
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '');

const withoutRepeats = (paragraphs: string[]): string[] => [...new Set(paragraphs)];

/** Nothing in a scene told as "she" can be mended into "I" sentence by sentence. */
const tellsInWrongPerson = ({ findings }: SceneView): boolean => findings.some(({ gate }) => gate === 'pov');

/** What was quoted is left out again, for the same draft would be found wanting for the same words. */
function rewritten(material: unknown, view: SceneView): string[] {
  return withoutQuoted(view, paragraphsOf(draftScene(material)));
}

function withoutQuoted(view: SceneView, paragraphs: string[]): string[] {
  const quotes = view.findings.flatMap(({ quote }) =>
    quote === null || quote.length < SHORTEST_QUOTE ? [] : [quote.trim()],
  );
  if (quotes.length === 0) return paragraphs;
  const isMeant = (text: string): boolean =>
    quotes.some((quote) => text.includes(quote) || (quote.includes(text) && countWords(text) > 3));
  return paragraphs
    .map((paragraph) => {
      if (!quotes.some((quote) => paragraph.includes(quote) || quote.includes(paragraph))) return paragraph;
      return sentencesOf(paragraph)
        .filter((sentence) => !isMeant(sentence))
        .join(' ');
    })
    .filter((paragraph) => paragraph !== '');
}

/** Leaves out paragraphs from the middle that no beat needs, until the scene is about as long as it should be. */
function shortened(view: SceneView, paragraphs: string[]): string[] {
  const mentions = view.scene.beats.flatMap((beat) => beat.mentions);
  const kept = [...paragraphs];
  let words = countWords(kept.join('\n'));
  for (let at = kept.length - 2; at > 0 && words > view.targetWords * 1.02; at -= 1) {
    if (mentions.some((mention) => containsPhrase(kept[at]!, mention))) continue;
    words -= countWords(kept[at]!);
    kept.splice(at, 1);
  }
  return kept;
}

function withMissing(view: SceneView, paragraphs: string[]): string[] {
  const text = paragraphs.join('\n');
  const missing = view.scene.beats
    .flatMap(({ mentions }) => mentions)
    .filter((mention) => !containsPhrase(text, mention));
  if (missing.length === 0) return paragraphs;
  const last = withMentions(new SceneStage(view, 'revise'), paragraphs.at(-1) ?? '', {
    mentions: [...new Set(missing)],
  });
  return [...paragraphs.slice(0, -1), last];
}
