import type { LoreNeed, WorldEntryDraft } from '@fiction/contracts';
import { numberedStep, type RunContext } from '@fiction/runtime';
import { loreCheckTask } from './checking/lore-check.prompt';
import { loreDraftTask } from './lore-draft.prompt';
import type { LoreMaterial } from './lore-material';
import { loreRedraftTask, type Refusal } from './lore-redraft.prompt';
import { provenContradictions, type Contradiction } from './checking/proven-contradictions';

/** Drafts of one round: the first, and one more when it contradicts the bible. */
const DRAFTS_OF_ROUND = 2;
/** As many as an entry may have. */
const MOST_ALIASES = 8;

/** A round's last draft; without contradictions it may be filed. */
export interface Drafted {
  draft: WorldEntryDraft;
  /** Counted over all rounds of the run. */
  number: number;
  contradictions: Contradiction[];
}

/** The drafts of one run, numbered so that each is asked for once, however often the run goes on. */
export class LoreDrafting {
  private number = 0;

  constructor(
    private readonly run: RunContext,
    private readonly need: LoreNeed,
  ) {}

  /** Drafts until the check finds no contradiction, within the bound. */
  async round({ book, related, locked }: LoreMaterial, before: Refusal | undefined): Promise<Drafted> {
    const { name } = this.need;
    let refused = before;
    for (let tried = 1; ; tried += 1) {
      this.number += 1;
      const number = this.number;
      const need = { book, need: this.need, related };
      const task = refused === undefined ? loreDraftTask(need) : loreRedraftTask({ ...need, refused });
      const draft = underItsName(await this.run.ask(numberedStep('draft', number), task), name);
      const check = await this.run.ask(
        numberedStep('check', number),
        loreCheckTask({ book, draft, locked, neighbours: related }),
      );
      const contradictions = provenContradictions(check, { draft, locked, neighbours: related });
      if (contradictions.length === 0 || tried === DRAFTS_OF_ROUND) return { draft, number, contradictions };
      this.run.progress(20 + 20 * tried, `draft ${number} of ${name} contradicts the world bible`);
      refused = { draft, contradictions };
    }
  }
}

/** The entry is found by the name it was asked for under; what its writer called it becomes an alias. */
export function underItsName(draft: WorldEntryDraft, name: string): WorldEntryDraft {
  if (draft.name === name) return draft;
  const aliases = [...new Set([draft.name, ...draft.aliases])].filter((alias) => alias !== name);
  return { ...draft, name, aliases: aliases.slice(0, MOST_ALIASES) };
}
