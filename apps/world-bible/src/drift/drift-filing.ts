import type { fileDrift, RequestOf } from '@fiction/contracts';
import { Database, type UnitOfWork } from '@fiction/platform';
import { ForkedBranches, type Lineage } from '@fiction/runtime';
import type { Style } from '@fiction/stylometry';
import { Injectable } from '@nestjs/common';
import { BASELINE_SCENES, baselineOf } from './baseline';
import { DriftAlerts } from './drift-alerts';
import { DriftMetrics } from './drift.metrics';
import { AUTHOR, characterPersona } from './drift-persona';
import { scoreAll, type Scored } from './score-all';
import { ScoresRepository, type PersonaOnBranch } from './scores.repository';
import { StylesRepository } from './styles.repository';

type Filing = RequestOf<typeof fileDrift>;

interface Touched extends PersonaOnBranch {
  name: string;
  sample: Style | undefined;
}

const TURN = `SELECT pg_advisory_xact_lock(hashtextextended($1, 0))`;

/**
 * Takes in how a scene is written and scores it, and what is remembered of it, for everybody it tells of. What comes out
 * does not depend on the order in which scenes are finished: a baseline is of the first scenes in the order of the story,
 * and where it changes because an earlier one comes later, all is scored again.
 */
@Injectable()
export class DriftFiling {
  constructor(
    private readonly database: Database,
    private readonly branches: ForkedBranches,
    private readonly styles: StylesRepository,
    private readonly scores: ScoresRepository,
    private readonly alerts: DriftAlerts,
    private readonly metrics: DriftMetrics,
  ) {}

  /** Answers how many scores were worked out; 0 if the scene had been filed before. */
  async file(filing: Filing): Promise<number> {
    const { planId, branch } = filing;
    await this.branches.require(planId, branch);
    const lineage = await this.branches.lineage(planId, branch);
    const scored = await this.database.transaction(async (uow) => {
      await uow.query(TURN, [`drift:${planId}@${branch}`]);
      if (!(await this.styles.file(uow, filing))) return [];
      const all: Scored[] = [];
      for (const persona of await this.touched(uow, filing, lineage))
        all.push(...(await this.score(uow, filing, persona)));
      return all;
    });
    this.metrics.observe(scored);
    return scored.length;
  }

  /** The author, who the scene is told by, and who remembers it. */
  private async touched(uow: UnitOfWork, filing: Filing, lineage: Lineage): Promise<Touched[]> {
    const people = [filing.pov, ...(await this.styles.rememberers(uow, filing)).map(({ name }) => name)];
    const sampleOf = (persona: string): Style | undefined =>
      filing.samples.find((one) => (one.persona === null ? AUTHOR : characterPersona(one.persona)) === persona)?.style;
    const named = new Map([[AUTHOR, AUTHOR], ...people.map((name) => [characterPersona(name), name] as const)]);
    return [...named].map(([persona, name]) => {
      return { planId: filing.planId, lineage, persona, name, sample: sampleOf(persona) };
    });
  }

  private async score(uow: UnitOfWork, filing: Filing, persona: Touched): Promise<Scored[]> {
    const { planId, lineage } = persona;
    const first = await this.styles.scenes(uow, planId, lineage, persona.persona, BASELINE_SCENES);
    const baseline = baselineOf(persona.sample, first);
    const isNew = (await this.scores.madeOf(uow, persona)) !== baseline.madeOf;
    const sceneId = isNew ? null : filing.sceneId;
    const scenes =
      sceneId === null
        ? await this.styles.scenes(uow, planId, lineage, persona.persona, null)
        : await this.styles.scene(uow, planId, lineage, persona.persona, sceneId);
    const memories = await this.styles.memories(uow, planId, lineage, persona.persona, sceneId);
    const scored = scoreAll(baseline, scenes, memories);
    await this.scores.put(uow, persona, scored);
    await this.scores.putBaseline(uow, persona, baseline, { name: persona.name, threshold: filing.threshold });
    const now = scored.find((one) => one.position === -1 && one.scene_id === filing.sceneId);
    await this.alerts.consider(uow, persona, filing.threshold, (now?.drift.score ?? 0) >= filing.threshold);
    return scored;
  }
}
