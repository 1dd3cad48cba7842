import type { Reflection } from '@fiction/contracts';

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
