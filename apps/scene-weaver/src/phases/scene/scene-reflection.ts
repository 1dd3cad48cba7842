import { MOST_PROSE, type Reflection } from '@fiction/contracts';
import { PermanentRunError } from '@fiction/runtime';

/** Spaces and typographic quotes differ between what a model read and what it copies. */
function fold(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/[“”„«»]/g, '"')
    .replace(/[‘’‚]/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
    .toLowerCase();
}

/** What cannot be quoted from the prose did not happen: such changes are left out. */
export function onlyQuoted(reflection: Reflection, prose: string): Reflection {
  let page: string | undefined;
  const isQuoted = (quote: string): boolean => prose.includes(quote) || (page ??= fold(prose)).includes(fold(quote));
  return { ...reflection, worldChanges: reflection.worldChanges.filter((change) => isQuoted(change.quote)) };
}

/**
 * A reflection goes to the world bible with the prose, in one message of the bus, and that is bounded.
 * @throws PermanentRunError before anything is asked about a scene that is longer
 */
export function refuseTooLong(prose: string): void {
  if (prose.length <= MOST_PROSE) return;
  const message = `the scene has ${prose.length} characters, and at most ${MOST_PROSE} can be filed: plan more, shorter scenes`;
  throw new PermanentRunError('SCENE_TOO_LONG', message);
}
