import { SNIPPETS } from '../banks/snippets';
import { render } from '../language/template';
import { containsPhrase, countWords, sentencesOf } from '../language/wording';
import { viewOf, type SceneView } from '../story/materials';
import { draftScene, SCENE_DEFAULTS } from './draft';
import { handlesClue } from './filler-banks';
import { withMentions, withPovNamed } from './play-beat';
import { SceneStage } from './scene-stage';

/** Share of the words asked for. */
const SHORTEST = 0.85;
/** Shorter quotes would take innocent sentences with them. */
const SHORTEST_QUOTE = 12;

/**
 * The prose with its findings settled: what was quoted is gone unless a beat needs it, no paragraph stands twice, every
 * mention is there, and the length is near the target. Prose that has become too short for that, or is told
 * in the wrong person, is written again.
 */
export function reviseScene(material: unknown): string {
  const view = viewOf<SceneView>(material, SCENE_DEFAULTS);
  const kept = shortened(view, withoutQuoted(view, withoutCopies(view, withoutRepeats(paragraphsOf(view.prose)))));
  const isBeyondMending =
    kept.length === 0 || countWords(kept.join('\n')) < view.targetWords * SHORTEST || tellsInWrongPerson(view);
  return filledUp(view, withMissing(view, isBeyondMending ? rewritten(material, view) : kept)).join('\n\n');
}

const paragraphsOf = (prose: string): string[] =>
  prose
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '');

const withoutRepeats = (paragraphs: string[]): string[] => [...new Set(paragraphs)];

/** A quote is cut where it is long, so a paragraph that is found to be copied goes whole, whatever was quoted of it. */
function withoutCopies({ findings }: SceneView, paragraphs: string[]): string[] {
  const starts = findings.flatMap(({ gate, quote }) => (gate === 'repetition' && quote !== null ? [quote.trim()] : []));
  return paragraphs.filter((paragraph) => !starts.some((start) => start !== '' && paragraph.startsWith(start)));
}

/** Nothing in a scene told as "she" can be mended into "I" sentence by sentence. */
const tellsInWrongPerson = ({ findings }: SceneView): boolean => findings.some(({ gate }) => gate === 'pov');

/** What was quoted is left out again, for the same draft would be found wanting for the same words. */
function rewritten(material: unknown, view: SceneView): string[] {
  return withoutQuoted(view, withoutCopies(view, paragraphsOf(draftScene(material))));
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
  const stage = new SceneStage(view, 'revise');
  const text = paragraphs.join('\n');
  const missing = view.scene.beats
    .flatMap(({ mentions }) => mentions)
    .filter((mention) => !containsPhrase(text, mention));
  if (missing.length === 0) return withPovNamed(stage, paragraphs);
  const last = withMentions(stage, paragraphs.at(-1) ?? '', { mentions: [...new Set(missing)] });
  return withPovNamed(stage, [...paragraphs.slice(0, -1), last]);
}

/** A very short scene may lose half of itself with one sentence: short ones take its place. */
function filledUp(view: SceneView, paragraphs: string[]): string[] {
  const { decks, context } = new SceneStage(view, 'fill');
  const filled = [...paragraphs];
  let words = countWords(filled.join('\n'));
  for (const template of decks.hand('snippet', SNIPPETS, 'all')) {
    if (words >= view.targetWords * SHORTEST) break;
    const line = render(template, context);
    const isKnown = filled.some((paragraph) => paragraph.includes(line));
    if (handlesClue(template) || isKnown || view.findings.some(({ quote }) => quote?.includes(line))) continue;
    filled.push(`${filled.pop() ?? ''} ${line}`.trim());
    words += countWords(line);
  }
  return filled;
}
