import {
  BEFORE_THE_STORY,
  bookMaterial,
  fileLore,
  readEntries,
  readPlanMaterial,
  readSceneContext,
  type BookMaterial,
  type LoreNeed,
  type Phase,
  type WorldContextEntry,
  type WorldEntryDraft,
} from '@fiction/contracts';
import { RemoteError, Requester } from '@fiction/messaging';
import {
  ForkedBranches,
  PermanentRunError,
  type PhaseRunner,
  type RunContext,
  type RunOutcome,
} from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import type { Requirement } from '../../requirements/requirement.types';
import { RequirementsRepository } from '../../requirements/requirements.repository';
import { loreCheckTask } from './lore-check.prompt';
import { loreDraftTask } from './lore-draft.prompt';
import { LoreNotDeclaredError } from './lore-not-declared.error';
import { loreRedraftTask } from './lore-redraft.prompt';
import { provenContradictions, type Contradiction } from './proven-contradictions';
import { WorldPendingError } from './world-pending.error';

/** Drafts of one run: the first, and one more when it contradicts the bible. */
const MAX_DRAFTS = 2;
const MOST_RELATED = 16;
/** As many as an entry may have. */
const MOST_ALIASES = 8;
const SOURCE = 'automation';

/** What an entry is drafted from and checked against. Only the world phase is looked at, which came before for sure. */
interface LoreMaterial {
  book: BookMaterial;
  related: WorldContextEntry[];
  locked: { entry: string; statement: string }[];
}

/**
 * Reads what is required and what the bible holds near it; asks for the entry, then whether it contradicts anything;
 * files it in the world bible. The requirement is moved on with each step.
 */
@Injectable()
export class LoreRunner implements PhaseRunner {
  readonly phase: Phase = 'lore';
  readonly steps = 6;

  constructor(
    private readonly requirements: RequirementsRepository,
    private readonly requester: Requester,
    private readonly branches: ForkedBranches,
  ) {}

  async run(run: RunContext): Promise<RunOutcome> {
    const { planId, branch, runId } = run;
    await this.branches.require(planId, branch);
    const requirement = await this.requirement(run);
    const requirementId = requirement.id;
    const { domain, name, why } = requirement;
    const material = await run.step('material', () => this.material(run, requirement));
    run.progress(20, `drafting ${name}`);

    const entry = await this.draft(run, { domain, name, why }, material, requirementId);
    run.progress(80, `filing ${name}`);
    const filed = await run.step('file', () =>
      this.requester.ask(fileLore, { planId, branch, requirementId, domain, entry, from: placeOf(requirement) }),
    );
    return {
      message: `${name} is established`,
      details: { requirementId, name, entryId: filed.entryId },
      effect: (uow) =>
        this.requirements.move(uow, {
          requirementId,
          branch,
          to: 'ready',
          runId,
          source: SOURCE,
          entryId: filed.entryId,
        }),
    };
  }

  private async requirement(run: RunContext): Promise<Requirement> {
    const { planId, branch, runId, target } = run;
    const id = target.requirementId;
    if (id === undefined) throw new PermanentRunError('TARGET_INCOMPLETE', `${runId} names no requirement`);
    return run.step(
      'requirement',
      async () => {
        const requirement = await this.requirements.find(planId, branch, id);
        if (requirement === undefined) throw new LoreNotDeclaredError(id, run.attempt);
        return requirement;
      },
      (uow) => this.requirements.move(uow, { requirementId: id, branch, to: 'requested', runId, source: SOURCE }),
    );
  }

  private async material(run: RunContext, { name, why, chapter, scene }: Requirement): Promise<LoreMaterial> {
    const { planId, branch } = run;
    const at = { planId, branch };
    try {
      const [{ brief }, { entries }, { lockedFacts }] = await Promise.all([
        this.requester.ask(readPlanMaterial, at),
        this.requester.ask(readEntries, { ...at, names: [name, why], limit: MOST_RELATED }),
        // Locked facts come with the context of the place that needs the lore; nothing of earlier scenes with them.
        this.requester.ask(readSceneContext, {
          ...at,
          chapter: chapter ?? 1,
          scene: scene ?? 1,
          continuity: 'loose',
          names: [name],
          pov: name,
          loreIds: [],
          budgetTokens: 100,
        }),
      ]);
      return { book: bookMaterial(brief), related: entries, locked: lockedFacts };
    } catch (error) {
      if (error instanceof RemoteError && error.code === 'WORLD_NOT_READY') throw new WorldPendingError(error.message);
      throw error;
    }
  }

  /** Drafts until the check finds no contradiction, within the bound. */
  private async draft(
    run: RunContext,
    need: LoreNeed,
    { book, related, locked }: LoreMaterial,
    requirementId: string,
  ): Promise<WorldEntryDraft> {
    const { runId, branch } = run;
    let refused: { draft: WorldEntryDraft; contradictions: Contradiction[] } | undefined;
    for (let n = 1; n <= MAX_DRAFTS; n += 1) {
      const task = refused ? loreRedraftTask({ book, need, related, refused }) : loreDraftTask({ book, need, related });
      const draft = underItsName(await run.ask(numbered('draft', n), task), need.name);
      const check = await run.ask(numbered('check', n), loreCheckTask({ book, draft, locked, neighbours: related }));
      const contradictions = provenContradictions(check, { draft, locked, neighbours: related });
      if (contradictions.length === 0) {
        const note = n === 1 ? undefined : `draft ${n}`;
        await run.step(
          'drafted',
          async () => ({ drafts: n }),
          (uow) => this.requirements.move(uow, { requirementId, branch, to: 'drafted', runId, source: SOURCE, note }),
        );
        return draft;
      }
      run.progress(20 + 20 * n, `draft ${n} of ${need.name} contradicts the bible`);
      refused = { draft, contradictions };
    }
    return this.giveUp(run, need.name, refused!.contradictions, requirementId);
  }

  private async giveUp(
    run: RunContext,
    name: string,
    contradictions: Contradiction[],
    requirementId: string,
  ): Promise<never> {
    const { runId, branch } = run;
    const quotes = contradictions.map(({ entry, fact, quote }) => `"${quote}" against "${fact}" (${entry})`);
    const note = `contradicts the bible: ${quotes.join('; ')}`;
    await run.step(
      'refused',
      async () => ({ quotes }),
      (uow) => this.requirements.move(uow, { requirementId, branch, to: 'failed', runId, source: SOURCE, note }),
    );
    throw new PermanentRunError('LORE_CONTRADICTS', `${name} ${note}`, { requirementId, quotes });
  }
}

const numbered = (name: string, n: number): string => (n === 1 ? name : `${name}.${n}`);

/** The entry is found by the name it was asked for under; what the model called it becomes an alias. */
function underItsName(draft: WorldEntryDraft, name: string): WorldEntryDraft {
  if (draft.name === name) return draft;
  const aliases = [...new Set([draft.name, ...draft.aliases])].filter((alias) => alias !== name);
  return { ...draft, name, aliases: aliases.slice(0, MOST_ALIASES) };
}

function placeOf({ chapter, scene }: Requirement): string {
  return chapter === null ? BEFORE_THE_STORY : `${chapter}.${scene ?? 1}`;
}
