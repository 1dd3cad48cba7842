import type { Critique } from '@fiction/contracts';
import type { RunContext } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import type { NewDraft } from '../../drafts/drafts.repository';
import { checkScene, ProseReading, type GateInput } from '../../gates';
import { storyMetrics } from '../../metrics/story-metrics';
import { RaisedLoreService } from '../../refusal/raised-lore.service';
import { refusing } from '../../refusal/refusal';
import { withRaised } from '../../refusal/with-raised';
import { pageOf } from './page/page-of';
import type { Briefing } from './scene-briefing';
import { sceneCritiqueTask } from './scene-critique.prompt';
import { sceneDraftTask } from './scene-draft.prompt';
import { sceneReviseTask, type SceneFinding } from './scene-revise.prompt';

/** How often a scene is revised before it is accepted as it is, waits for lore, or fails. */
export const MAX_REVISIONS = 3;

interface Written {
  drafts: NewDraft[];
  accepted: NewDraft;
}

/** Writes the prose of a scene. */
@Injectable()
export class SceneWriting {
  constructor(private readonly raisedLore: RaisedLoreService) {}

  /**
   * draft → check → critique → revise, until it passes. The gates decide; the critique, asked once of the first version
   * that passes them, advises: if the revision it led to does not pass, the version before stands.
   * @throws RunBlockedError, SceneGatesError when no version passes (`RaisedLoreService.settle`)
   */
  async untilAccepted(run: RunContext, briefing: Briefing): Promise<Written> {
    const { material } = briefing;
    const gate = withRaised(briefing.gate, await this.raisedLore.earlier(run));
    const drafts: NewDraft[] = [];
    let passed: NewDraft | undefined;
    run.progress(30, 'the first draft is written');
    let prose = pageOf(await run.ask('draft', sceneDraftTask(material)));
    for (;;) {
      const version = drafts.length + 1;
      let draft = judged({ ...gate, prose }, version);
      let findings = refusing(draft.findings);
      const revisionsLeft = MAX_REVISIONS + 1 - version;
      if (findings.length > 0 && revisionsLeft === 0) {
        if (passed !== undefined) return { drafts: [...drafts, draft], accepted: passed };
        const after = `${MAX_REVISIONS} revisions`;
        draft = await this.raisedLore.settle(run, { ...gate, prose }, (known) => judged(known, version), after);
        findings = [];
      }
      drafts.push(draft);
      let advice: SceneFinding[] = findings;
      if (findings.length === 0) {
        if (passed !== undefined) return { drafts, accepted: draft };
        passed = draft;
        draft.critique = await run.ask('critique', sceneCritiqueTask({ ...material, prose }));
        if (draft.critique.verdict === 'accept' || draft.critique.problems.length === 0 || revisionsLeft === 0) {
          return { drafts, accepted: draft };
        }
        advice = adviceOf(draft.critique);
      }
      run.progress(50, `version ${version} is revised`);
      prose = pageOf(await run.ask(`revise-${version}`, sceneReviseTask({ ...material, prose, findings: advice })));
    }
  }
}

function judged(gate: GateInput, version: number): NewDraft {
  const { prose } = gate;
  const reading = new ProseReading(prose, gate.book.language);
  const metrics = storyMetrics(prose, gate, reading);
  return {
    version,
    accepted: false,
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
