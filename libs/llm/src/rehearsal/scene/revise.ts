import { containsPhrase, sentencesOf } from '../language/wording';
import { viewOf, type SceneView } from '../story/materials';
import { draftScene, SCENE_DEFAULTS } from './draft';
import { withMentions } from './play-beat';
import { SceneStage } from './scene-stage';

export function reviseScene(material: unknown): string {
  const view = viewOf<SceneView>(material, SCENE_DEFAULTS);
  const quotes = view.findings.flatMap(({ quote }) => (quote === null || quote.length < 12 ? [] : [quote]));
  const stage = new SceneStage(view, 'revise');
  const seen = new Set<string>();
  const paragraphs = (view.prose.trim() === '' ? draftScene(material) : view.prose)
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.trim())
    .filter((paragraph) => paragraph !== '' && !seen.has(paragraph) && seen.add(paragraph) !== undefined)
    .map((paragraph) => withoutSentences(paragraph, quotes))
    .filter((paragraph) => paragraph !== '');
  const missing = view.scene.beats
    .flatMap(({ mentions }) => mentions)
    .filter((mention) => !containsPhrase(paragraphs.join('\n'), mention));
  if (missing.length === 0) return paragraphs.join('\n\n');
  return [...paragraphs.slice(0, -1), withMentions(stage, paragraphs.at(-1) ?? '', { mentions: missing }).trim()].join(
    '\n\n',
  );
}

function withoutSentences(paragraph: string, quotes: readonly string[]): string {
  if (!quotes.some((quote) => paragraph.includes(quote))) return paragraph;
  return sentencesOf(paragraph)
    .filter((sentence) => !quotes.some((quote) => sentence.includes(quote) || quote.includes(sentence)))
    .join(' ');
}
