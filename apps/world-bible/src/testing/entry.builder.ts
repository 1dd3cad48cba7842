import type { WorldEntryDraft } from '@fiction/contracts';
import type { BibleEntry } from '../bible/bible-entry';

export function draft(name: string, over: Partial<WorldEntryDraft> = {}): WorldEntryDraft {
  return {
    name,
    aliases: [],
    summary: `${name}, as everybody knows it.`,
    facts: [{ statement: `${name} was there before.`, from: '0.0', until: null }],
    relations: [],
    ...over,
  };
}

export function entry(name: string, over: Partial<BibleEntry> = {}): BibleEntry {
  return { ...draft(name, over), type: over.type ?? 'character', locked: over.locked ?? false };
}
