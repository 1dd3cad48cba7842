import { Database, eachAlone, SweepLoop, takeTurn, type UnitOfWork } from '@fiction/platform';
import { ForkedBranches, type Lineage } from '@fiction/runtime';
import type { PackedStyle } from '@fiction/stylometry';
import { Injectable, Logger } from '@nestjs/common';
import { BASELINE_SCENES, baselineOf } from './baseline';
import { DriftAlerts } from './drift-alerts';
import { DriftMetrics } from './drift.metrics';
import { AUTHOR, characterPersona } from './drift-persona';
import { scoreAll, type Scored } from './score-all';
import { ScoresRepository, type PersonaOnBranch } from './scores.repository';
import { StylesRepository, type UnscoredScene } from './styles.repository';

/** Scenes that are finished within this time are scored together. */
const EVERY_SECONDS = 1;

interface Touched extends PersonaOnBranch {
  name: string;
  sample: PackedStyle | undefined;
  threshold: number;
  /** The scenes that are new. */
  sceneIds: string[];
}

/**
 * Scores the scenes that were filed, and what is remembered of them, for everybody they tell of. What comes out does not
 * depend on the order in which scenes are finished: a baseline is of the first scenes in the order of the story, and where
 * it changes because an earlier one comes later, all is scored again.
 */
@Injectable()
export class DriftScoring extends SweepLoop {
  private readonly log = new Logger(DriftScoring.name);

  constructor(
    private readonly database: Database,
    private readonly branches: ForkedBranches,
    private readonly styles: StylesRepository,
    private readonly scores: ScoresRepository,
    private readonly alerts: DriftAlerts,
    private readonly metrics: DriftMetrics,
  ) {
    super(EVERY_SECONDS);
  }

  /** A branch that cannot be scored now keeps no other one waiting. */
  async sweep(): Promise<void> {
    await eachAlone(
      await this.styles.unscoredBranches(),
      ({ planId, branch }) => this.branch(planId, branch),
      ({ planId, branch }, error) =>
        this.log.warn(`${planId}@${branch} could not be scored; trying again: ${String(error)}`),
    );
  }

  private async branch(planId: string, branch: string): Promise<void> {
    const lineage = await this.branches.lineage(planId, branch);
    const scored = await this.database.transaction(async (uow) => {
      await takeTurn(uow, `drift:${planId}@${branch}`);
      const scenes = await this.styles.takeUnscored(uow, planId, branch);
      const all: Scored[] = [];
      for (const persona of await this.touched(uow, planId, lineage, scenes)) {
        all.push(...(await this.score(uow, persona)));
      }
      return all;
    });
    this.metrics.observe(scored);
  }

  /** The author, who the scenes are told by, and who remembers them. */
  private async touched(
    uow: UnitOfWork,
    planId: string,
    lineage: Lineage,
    scenes: UnscoredScene[],
  ): Promise<Touched[]> {
    const touched = new Map<string, Touched>();
    const remembered = await this.styles.rememberers(uow, planId, lineage[0], scenes);
    for (const { scene_id: sceneId, revision, pov, samples, threshold } of scenes) {
      const rememberers = remembered.filter((one) => one.scene_id === sceneId && one.revision === revision);
      const people = [pov, ...rememberers.map(({ name }) => name)];
      const named = new Map([[AUTHOR, AUTHOR], ...people.map((name) => [characterPersona(name), name] as const)]);
      for (const [persona, name] of named) {
        const given = samples.find(
          (one) => (one.persona === null ? AUTHOR : characterPersona(one.persona)) === persona,
        );
        const before = touched.get(persona)?.sceneIds ?? [];
        const sceneIds = [...new Set([...before, sceneId])];
        touched.set(persona, { planId, lineage, persona, name, sample: given?.style, threshold, sceneIds });
      }
    }
    return [...touched.values()];
  }

  private async score(uow: UnitOfWork, persona: Touched): Promise<Scored[]> {
    const { planId, lineage, name, sample, threshold, sceneIds } = persona;
    const first = await this.styles.scenes(uow, planId, lineage, persona.persona, BASELINE_SCENES);
    const baseline = baselineOf(sample, first);
    const isNew = (await this.scores.madeOf(uow, persona)) !== baseline.madeOf;
    const only = isNew ? null : sceneIds;
    const scenes =
      only === null
        ? await this.styles.scenes(uow, planId, lineage, persona.persona, null)
        : await this.styles.theScenes(uow, planId, lineage, persona.persona, only);
    const memories = await this.styles.memories(uow, planId, lineage, persona.persona, only);
    const scored = scoreAll(baseline, scenes, memories);
    await this.scores.put(uow, persona, scored);
    await this.scores.putBaseline(uow, persona, baseline, { name, threshold });
    const now = scored.filter((one) => one.position === -1 && sceneIds.includes(one.scene_id));
    const seen = now.some(({ drift }) => drift.score >= threshold);
    await this.alerts.consider(uow, persona, threshold, seen);
    return scored;
  }
}
