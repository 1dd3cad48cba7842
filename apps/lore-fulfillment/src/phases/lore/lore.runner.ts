import { BEFORE_THE_STORY, fileLore, type Phase, type WorldEntryDraft } from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import {
  ForkedBranches,
  numberedStep,
  PermanentRunError,
  RunBlockedError,
  type PhaseRunner,
  type RunContext,
  type RunOutcome,
} from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { DecisionsStore, FILED, filingStep, type Decision } from '../../requirements/decisions/decisions.store';
import { RequirementsRepository } from '../../requirements/reading/requirements.repository';
import { AUTOMATION, type Requirement } from '../../requirements/requirement.types';
import { RequirementMoves, type Move } from '../../requirements/timeline/requirement-moves';
import { LoreContradictsError } from './lore-contradicts.error';
import { LoreDrafting, underItsName, type Drafted } from './lore-drafting';
import { gatherMaterial, type LoreMaterial } from './lore-material';
import { LoreNotDeclaredError } from './lore-not-declared.error';
import type { Refusal } from './lore-redraft.prompt';

/** Rounds of drafts that may end in contradictions before the run fails; resumed then, it has as many more. */
const MAX_ROUNDS = 3;

/**
 * Reads what is required and what the bible holds near it; asks for the entry, then whether it contradicts anything; has
 * it approved where the plan wants that; files it in the world bible. The requirement is moved on with each step. What a
 * person decides is read as a step of its own, so that no call is paid for twice: a run that waits for a person ends as
 * blocked, and goes on with what it has on record.
 */
@Injectable()
export class LoreRunner implements PhaseRunner {
  readonly phase: Phase = 'lore';
  readonly steps = 8;

  constructor(
    private readonly requirements: RequirementsRepository,
    private readonly moves: RequirementMoves,
    private readonly decisions: DecisionsStore,
    private readonly requester: Requester,
    private readonly branches: ForkedBranches,
  ) {}

  async run(run: RunContext): Promise<RunOutcome> {
    await this.branches.require(run.planId, run.branch);
    const requirement = await this.requirement(run);
    const said = await this.settlement(run, requirement);
    if (said !== null) return this.settle(run, requirement, said);
    const { domain, name, why } = requirement;
    const gather = (n: number): Promise<LoreMaterial> =>
      run.step(numberedStep('material', n), () => gatherMaterial(this.requester, run, requirement));
    let material = await gather(1);
    run.progress(20, `drafting ${name}`);
    const drafting = new LoreDrafting(run, { domain, name, why });
    let refused: Refusal | undefined;
    for (let contradicted = 0; ;) {
      const drafted = await drafting.round(material, refused);
      if (drafted.contradictions.length > 0) {
        contradicted += 1;
        const instead = await this.contradicted(run, requirement, drafted, contradicted);
        if (instead !== null) return this.settle(run, requirement, instead);
        refused = drafted;
        if (contradicted % MAX_ROUNDS === 0) {
          // Somebody has resumed what had failed, and may have changed the bible before.
          material = await gather(contradicted / MAX_ROUNDS + 1);
          refused = undefined;
        }
        continue;
      }
      const decision = await this.judged(run, requirement, drafted);
      if (decision?.decision !== 'reject') {
        if (decision !== null && decision.decision !== 'approve') return this.settle(run, requirement, decision);
        return this.file(run, requirement, drafted.draft);
      }
      refused = { draft: drafted.draft, reason: decision.note ?? '' };
    }
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
      async (uow) => void (await this.moves.move(uow, { ...moveOf(run, id), to: 'requested', note: 'its run begins' })),
    );
  }

  /** What a person has put in place of a draft by the time the run is begun or resumed. */
  private settlement(run: RunContext, { id }: Requirement): Promise<Decision | null> {
    return run.step(
      `settled.${run.resumption}`,
      () => this.decisions.settlement(id, run.branch),
      async (uow) => {
        // Somebody has resumed what had failed.
        await this.moves.move(uow, { ...moveOf(run, id), to: 'requested', from: ['failed'] });
      },
    );
  }

  /** Waived: nothing is established. Supplied: it is filed as it stands, without a call. */
  private async settle(run: RunContext, requirement: Requirement, said: Decision): Promise<RunOutcome> {
    const { id, name } = requirement;
    if (said.decision === 'waive' || said.entry === null) {
      return { message: `${name} is waived`, details: { requirementId: id, name, waived: true } };
    }
    return this.file(run, requirement, said.entry);
  }

  /** Writes the round off. The last one fails the run; before that, another is tried a little later. */
  private async contradicted(
    run: RunContext,
    { id, name }: Requirement,
    { contradictions }: Drafted,
    round: number,
  ): Promise<Decision | null> {
    const quotes = contradictions.map(({ entry, fact, quote }) => `"${quote}" against "${fact}" (${entry})`);
    const note = `contradicts the world bible: ${quotes.join('; ')}`;
    let isNews = false;
    const refused = await run.step(
      numberedStep('refused', round),
      async () => {
        isNews = true;
        return { quotes, resumption: run.resumption };
      },
      async (uow) => void (await this.moves.move(uow, { ...moveOf(run, id), to: 'failed', note })),
    );
    // Resumptions before, as after a pause, are no reason for more rounds.
    if (round % MAX_ROUNDS === 0 && refused.resumption === run.resumption) {
      throw new PermanentRunError('LORE_CONTRADICTS', `${name} ${note}`, { requirementId: id, quotes });
    }
    if (isNews) throw new LoreContradictsError(`${name} ${note}`);
    return run.step(
      `again.${round}`,
      () => this.decisions.settlement(id, run.branch),
      async (uow) => {
        const again: Move = { ...moveOf(run, id), to: 'requested', from: ['failed'], note: `round ${round + 1}` };
        await this.moves.move(uow, again);
      },
    );
  }

  /**
   * Puts a draft forward. Without approval by a person it is taken unless somebody has written another meanwhile; with it,
   * the run waits, blocked, until the draft is approved or rejected.
   */
  private async judged(
    run: RunContext,
    { id, name, approval }: Requirement,
    { draft, number }: Drafted,
  ): Promise<Decision | null> {
    const note = number === 1 ? undefined : `draft ${number}`;
    const said = await run.step(
      numberedStep('judged', number),
      () => this.decisions.settlement(id, run.branch),
      async (uow) => {
        await this.moves.move(uow, { ...moveOf(run, id), to: 'drafted', note, draft: { number, entry: draft } });
      },
    );
    if (said !== null || approval !== 'human') return said;
    return run.step(
      `decision.${number}`,
      async () => {
        const decision = await this.decisions.ofDraft(id, run.branch, number);
        if (decision !== null) return decision;
        const details = { reason: 'LORE_AWAITS_APPROVAL', requirementId: id, requirementIds: [id] };
        throw new RunBlockedError(`draft ${number} of "${name}" waits for approval`, details);
      },
      async (uow, { decision }) => {
        if (decision !== 'reject') return;
        await this.moves.move(uow, { ...moveOf(run, id), to: 'requested', from: ['rejected'], note: 'drafted again' });
      },
    );
  }

  /** @param drafted unless somebody has decided otherwise by now, as a bible that was away leaves them time to */
  private async file(run: RunContext, requirement: Requirement, drafted: WorldEntryDraft): Promise<RunOutcome> {
    const { id: requirementId, domain, name } = requirement;
    const { planId, branch } = run;
    const said = await run.step(
      filingStep(run.resumption),
      () => this.decisions.settlement(requirementId, branch),
      (uow, by) => this.decisions.beginFiling(uow, requirementId, branch, by),
    );
    if (said?.decision === 'waive') return this.settle(run, requirement, said);
    const by = said?.entry ? said : undefined;
    const entry = by?.entry ? underItsName(by.entry, name) : drafted;
    run.progress(80, `filing ${name}`);
    const from = placeOf(requirement);
    const writtenBy = by?.actor ?? null;
    const filed = await run.step(FILED, () =>
      this.requester.ask(fileLore, { planId, branch, requirementId, domain, entry, from, writtenBy }),
    );
    const note = by === undefined ? undefined : `as written by ${by.actor}`;
    return {
      message: `${name} is established`,
      details: { requirementId, name, entryId: filed.entryId },
      effect: async (uow) => {
        await this.moves.move(uow, { ...moveOf(run, requirementId), to: 'ready', note, entryId: filed.entryId });
      },
    };
  }
}

/** What a run says of itself when it moves its requirement. */
function moveOf({ runId, branch, metadata }: RunContext, requirementId: string) {
  const { conversationId, backlogItemId } = metadata;
  return { requirementId, branch, by: AUTOMATION, run: { runId, conversationId, backlogItemId } };
}

function placeOf({ chapter, scene }: Requirement): string {
  return chapter === null ? BEFORE_THE_STORY : `${chapter}.${scene ?? 1}`;
}
