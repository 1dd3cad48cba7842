import { readReadiness, type GateFinding, type RaisedLore, type SceneGate } from '@fiction/contracts';
import { Requester } from '@fiction/messaging';
import { numberedStep, type RunContext } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import type { NewDraft } from '../drafts/drafts.repository';
import type { GateInput } from '../gates';
import { failureOf, lacksOnlyNames, needsOf, refusalOf, refusing } from './refusal';
import { isSettled, withRaised } from './with-raised';

/** How often a scene may go on with lore that it has raised before it fails. */
export const MAX_RAISES = 3;

/** What these gates find may be settled without a change of the prose: by lore, or by the writer. */
const SETTLED_BY_OTHERS: ReadonlySet<SceneGate> = new Set<SceneGate>(['known-names', 'locked-facts']);

/** The last version of a round. */
export interface LastVersion {
  gate: GateInput;
  judge: (gate: GateInput) => NewDraft;
  /** What has been tried, in words. */
  after: string;
  /** Of writing, counted from 1. */
  round: number;
}

/**
 * What becomes of a scene whose last version does not pass: it waits for lore it has raised, goes on with what has become
 * ready or was waived, or fails. What it goes on with is a step, so that later attempts judge by the same.
 */
@Injectable()
export class RaisedLoreService {
  constructor(private readonly requester: Requester) {}

  /**
   * What the scene raised on an earlier input, or in an earlier round, and somebody has settled: it is not asked for twice.
   * @param round of writing, counted from 1
   */
  async earlier(run: RunContext, round: number): Promise<RaisedLore[]> {
    if (run.revision === 1 && round === 1) return [];
    const step = numberedStep('raised-earlier', round);
    return run.lookUp(step, async () => (await this.raisedBy(run)).filter(isSettled));
  }

  /**
   * The last version, judged with what has been settled.
   * @param reliedOn to which that is added
   * @throws RunBlockedError LORE_NEEDED, while the world bible lacks nothing but names that the prose uses
   * @throws SceneGatesError for everything else, and when names are still missing after `MAX_RAISES` rounds
   */
  async settle(run: RunContext, last: LastVersion, reliedOn: RaisedLore[]): Promise<NewDraft> {
    const { judge, after, round } = last;
    let known = last.gate;
    let raises = 0;
    for (let turn = 1; ; turn += 1) {
      const draft = judge(known);
      const open = refusing(draft.findings);
      if (open.length === 0) return draft;
      if (!open.some((finding) => SETTLED_BY_OTHERS.has(finding.gate))) throw refusalOf(known, open, after);
      let isAnswered = false;
      if (lacksOnlyNames(open)) {
        raises += 1;
        if (raises > MAX_RAISES) throw failureOf(known, open, `${after} and ${MAX_RAISES} rounds of raised lore`);
        isAnswered = await this.isAnswered(run, numberedStep(`needs-${raises}`, round), known);
      }
      const asked = { open, isAnswered };
      const news = await run.step(numberedStep(`raised-${turn}`, round), () =>
        this.news(run, { ...last, gate: known }, asked),
      );
      reliedOn.push(...news);
      known = withRaised(known, news);
    }
  }

  /** Puts on record what is asked for; answers whether somebody has set the run going again since. */
  private async isAnswered(run: RunContext, step: string, gate: GateInput): Promise<boolean> {
    const asked = await run.step(step, async () => {
      return { resumption: run.resumption, needs: needsOf(gate) };
    });
    return run.resumption > asked.resumption;
  }

  /** What has been settled since, if the scene gets on by it. */
  private async news(
    run: RunContext,
    { gate, judge, after }: LastVersion,
    { open, isAnswered }: { open: readonly GateFinding[]; isAnswered: boolean },
  ): Promise<RaisedLore[]> {
    const raised = await this.raisedBy(run);
    const settled = raised.filter(isSettled);
    const next = withRaised(gate, settled);
    const left = refusing(judge(next).findings);
    if (left.length === 0) return settled;
    // A round is over when all that was asked for is there; until then the scene waits for the rest of it.
    const entries = raised.filter((lore) => lore.kind === 'entry');
    const waits = !entries.every(isSettled);
    const getsOn = left.length < open.length || (isAnswered && entries.length > 0 && lacksOnlyNames(left));
    if (waits || !getsOn) throw refusalOf(next, left, after);
    return settled;
  }

  private async raisedBy({ planId, branch, runId }: RunContext): Promise<RaisedLore[]> {
    const question = { planId, branch, requirementIds: [], raisedBy: runId };
    const { raised } = await this.requester.ask(readReadiness, question);
    return raised;
  }
}
