import type { Critique, GateFinding } from '@fiction/contracts';
import type { RunContext } from '@fiction/runtime';
import type { NewDraft } from '../../drafts/drafts.repository';
import { checkScene, ProseReading } from '../../gates';
import { storyMetrics } from '../../metrics/story-metrics';
import type { Briefing } from './scene-briefing';
import { sceneCritiqueTask } from './scene-critique.prompt';
import { sceneDraftTask } from './scene-draft.prompt';
import { sceneReviseTask, type SceneFinding } from './scene-revise.prompt';
import { SceneGatesError } from './scene-gates.error';

/** How often a scene is revised before it is accepted as it is, or fails. */
export const MAX_REVISIONS = 3;

interface Written {
  drafts: NewDraft[];
  accepted: NewDraft;
}

/**
 * draft → check → critique → revise, until it passes. The gates decide; the critique, asked once of the first version
 * that passes them, advises: if the revision it led to does not pass, the version before stands.
 * @throws SceneGatesError when no version passes.
 */
export async function writeUntilAccepted(run: RunContext, briefing: Briefing): Promise<Written> {
  const { material } = briefing;
  const drafts: NewDraft[] = [];
  let passed: NewDraft | undefined;
  run.progress(30, 'the first draft is written');
  let prose = await run.ask('draft', sceneDraftTask(material));
  for (;;) {
    const draft = judged(briefing, prose, drafts.length + 1);
    drafts.push(draft);
    const revisionsLeft = MAX_REVISIONS + 1 - drafts.length;
    let advice: SceneFinding[] = draft.findings;
    if (draft.findings.length === 0) {
      if (passed !== undefined) return { drafts, accepted: draft };
      passed = draft;
      draft.critique = await run.ask('critique', sceneCritiqueTask({ ...material, prose }));
      if (draft.critique.verdict === 'accept' || draft.critique.problems.length === 0 || revisionsLeft === 0) {
        return { drafts, accepted: draft };
      }
      advice = adviceOf(draft.critique);
    } else if (revisionsLeft === 0) {
      if (passed !== undefined) return { drafts, accepted: passed };
      throw new SceneGatesError(refusal(draft.findings), draft.findings.map(describe));
    }
    run.progress(50, `version ${draft.version} is revised`);
    prose = await run.ask(`revise-${drafts.length}`, sceneReviseTask({ ...material, prose, findings: advice }));
  }
}

function judged({ gate }: Briefing, prose: string, version: number): NewDraft {
  const reading = new ProseReading(prose, gate.book.language);
  const metrics = storyMetrics(prose, gate, reading);
  return {
    version,
    accepted: false,
    prose,
    words: metrics.words,
    metrics: { ...metrics },
    critique: null,
    findings: checkScene({ ...gate, prose }, reading),
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

function describe(finding: GateFinding): string {
  return `${finding.gate}: ${finding.message}${finding.quote === null ? '' : ` («${finding.quote}»)`}`;
}

function refusal(findings: GateFinding[]): string {
  return `the scene did not pass its checks after ${MAX_REVISIONS} revisions: ${findings.map(describe).join('; ')}`;
}
