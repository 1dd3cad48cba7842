import type { Binding, Critique, RaisedLore } from '@fiction/contracts';
import { numberedStep, type RunContext } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import type { NewDraft } from '../../drafts/drafts.repository';
import { checkScene, ProseReading, type GateInput } from '../../gates';
import { storyMetrics } from '../../metrics/story-metrics';
import { RaisedLoreService } from '../../refusal/raised-lore.service';
import { failureOf, refusing } from '../../refusal/refusal';
import { SceneGatesError } from '../../refusal/scene-gates.error';
import { refuseTooLong, SceneTooLongError } from '../../refusal/scene-too-long.error';
import { withRaised } from '../../refusal/with-raised';
import { pageOf } from './page/page-of';
import { SceneBriefing, type Briefing } from './scene-briefing';
import { sceneCritiqueTask } from './scene-critique.prompt';
import { sceneDraftTask } from './scene-draft.prompt';
import { sceneReviseTask, type SceneFinding } from './scene-revise.prompt';

/** How often a draft is revised before it is accepted as it is, waits for lore, or is refused. */
export const MAX_REVISIONS = 3;

interface Written {
  /** What the accepted version was written from. */
  briefing: Briefing;
  drafts: NewDraft[];
  accepted: NewDraft;
  /** Ids of the requirements that it relies on beside those of its briefing: it has raised them itself. */
  raisedLoreIds: string[];
}

/** What comes of the rounds; each adds to it. */
interface Yield {
  drafts: NewDraft[];
  raised: RaisedLore[];
}

/** Writes the prose of a scene. */
@Injectable()
export class SceneWriting {
  constructor(
    private readonly raisedLore: RaisedLoreService,
    private readonly briefings: SceneBriefing,
  ) {}

  /**
   * Writes rounds until one is accepted. After a round that was refused another is written when somebody resumes the run, as
   * whatever has failed is tried again, unless what they have settled meanwhile lets it pass. So there are never more rounds
   * than resumptions and one.
   * @param first what the first round is written from
   * @throws RunBlockedError, SceneGatesError when no version passes (`RaisedLoreService.settle`)
   * @throws SceneTooLongError
   */
  async untilAccepted(run: RunContext, first: Briefing): Promise<Written> {
    const drafts: NewDraft[] = [];
    const raised: RaisedLore[] = [];
    let briefing = first;
    for (let round = 1; ; round += 1) {
      const again = numberedStep('again', round);
      // What is settled later is for the round that is written by then.
      const isOver = run.recall(again) !== undefined;
      const earlier = await this.raisedLore.earlier(run, round);
      raised.push(...earlier);
      const gate = withRaised(briefing.gate, earlier);
      try {
        const accepted = await this.round(run, { ...briefing, gate }, { number: round, isOver }, { drafts, raised });
        refuseTooLong(accepted.prose);
        return { briefing, drafts, accepted, raisedLoreIds: idsOf(raised) };
      } catch (error) {
        if (!(error instanceof SceneGatesError || error instanceof SceneTooLongError)) throw error;
        const refused = await run.step(numberedStep('refused', round), async () => ({ resumption: run.resumption }));
        if (run.resumption === refused.resumption) throw error;
        await run.step(again, async () => ({ resumption: run.resumption }));
        briefing = await this.briefings.of(run, round + 1);
      }
    }
  }

  /**
   * draft → check → critique → revise, until it passes. The gates decide; the critique, asked once of the first version
   * that passes them, advises: if the revision it led to does not pass, the version before stands.
   * @returns the accepted version
   */
  private async round(
    run: RunContext,
    { material, gate }: Pick<Briefing, 'material' | 'gate'>,
    { number, isOver }: { number: number; isOver: boolean },
    { drafts, raised }: Yield,
  ): Promise<NewDraft> {
    const before = drafts.length;
    let passed: NewDraft | undefined;
    run.progress(30, number === 1 ? 'the first draft is written' : `the first draft of round ${number} is written`);
    let asked = numberedStep('draft', number);
    let prose = pageOf(await run.ask(asked, sceneDraftTask(material)));
    for (let revisions = 0; ; revisions += 1) {
      const version = before + revisions + 1;
      const revisionsLeft = MAX_REVISIONS - revisions;
      const by = run.answeredBy(asked);
      const judge = (known: GateInput): NewDraft => judged(known, version, by);
      let draft = judge({ ...gate, prose });
      drafts.push(draft);
      let advice: SceneFinding[] = refusing(draft.findings);
      if (advice.length > 0 && revisionsLeft === 0) {
        if (passed !== undefined) return passed;
        const last = { gate: { ...gate, prose }, judge, after: `${MAX_REVISIONS} revisions`, round: number };
        if (isOver) throw failureOf(last.gate, refusing(draft.findings), last.after);
        draft = await this.raisedLore.settle(run, last, raised);
        drafts[version - 1] = draft;
        advice = [];
      }
      if (advice.length === 0) {
        if (passed !== undefined) return draft;
        passed = draft;
        draft.critique = await run.ask(numberedStep('critique', number), sceneCritiqueTask({ ...material, prose }));
        const { verdict, problems } = draft.critique;
        if (verdict === 'accept' || problems.length === 0 || revisionsLeft === 0) return draft;
        advice = adviceOf(draft.critique);
      }
      run.progress(50, `version ${version} is revised`);
      asked = numberedStep(`revise-${revisions + 1}`, number);
      prose = pageOf(await run.ask(asked, sceneReviseTask({ ...material, prose, findings: advice })));
    }
  }
}

/** No entry comes of a contradiction. */
function idsOf(raised: readonly RaisedLore[]): string[] {
  return raised.filter(({ kind }) => kind === 'entry').map(({ requirementId }) => requirementId);
}

function judged(gate: GateInput, version: number, { provider, model }: Binding): NewDraft {
  const { prose } = gate;
  const reading = new ProseReading(prose, gate.book.language);
  const metrics = storyMetrics(prose, gate, reading);
  return {
    version,
    accepted: false,
    provider,
    model,
    prose,
    words: metrics.words,
    metrics: { ...metrics },
    critique: null,
    findings: checkScene(gate, reading),
    reflection: null,
    summary: null,
  };
}

function adviceOf(critique: Critique): SceneFinding[] {
  return critique.problems.map(({ quote, problem, suggestion }) => ({
    gate: 'critique',
    message: `${problem} Suggestion: ${suggestion}`,
    quote,
  }));
}
