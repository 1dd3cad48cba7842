import {
  declareLore,
  DomainError,
  fileLore,
  jobName,
  readEntries,
  readPlanMaterial,
  readSceneContext,
  settleBrief,
  startRunCommand,
  type DeclareLore,
  type LoreNeed,
  type RequestOf,
} from '@fiction/contracts';
import { ServiceUnderTest, until, type ScriptedModel } from '@fiction/testing';
import { LoreFulfillmentModule } from '../lore-fulfillment.module';

const BRIEF = settleBrief(
  { title: 'The Salt Clock', author: 'M. Okafor', text: 'Ada Quill comes to Brine Harbour.' },
  { provider: 'rehearsal', model: 'novelist' },
);

export const KNOWN_FACT = 'Nobody lights a lamp on the quay.';

export interface TimelineEvent {
  status: string;
  run_id: string | null;
  source: string;
  note: string | null;
}

/** Lore-fulfillment among stand-ins of the planner and the world bible. */
export class LoreFixture {
  /** What was filed in the world bible, oldest first. */
  readonly filed: RequestOf<typeof fileLore>[] = [];
  /** Questions that the world bible refuses because it has no world yet. */
  refusals = 0;

  private constructor(readonly service: ServiceUnderTest) {}

  static async start(model: ScriptedModel): Promise<LoreFixture> {
    const service = await ServiceUnderTest.start({
      service: 'lore-fulfillment',
      module: (config) => LoreFulfillmentModule.forConfig(config),
      model,
      replicas: 2,
    });
    const fixture = new LoreFixture(service);
    fixture.standIn();
    return fixture;
  }

  async declare(
    planId: string,
    needs: (Partial<DeclareLore['requirements'][number]> & { requirementId: string })[],
    { branch = 'main', source = 'fiction:vision:test' } = {},
  ) {
    const requirements = needs.map((need) => ({ ...requirementOf(need.requirementId), ...need }));
    await this.service.publish(declareLore, { ...declarationOf(planId, branch, source), requirements });
  }

  async fulfil(planId: string, requirementId: string, branch = 'main'): Promise<string> {
    const runId = jobName('lore', requirementId, branch);
    await this.service.publish(startRunCommand('lore'), {
      runId,
      revision: 1,
      resumption: 0,
      planId,
      branch,
      phase: 'lore',
      target: { requirementId },
      metadata: {
        planId,
        branch,
        backlogItemId: `item:${requirementId}`,
        taskId: `task:${requirementId}`,
        conversationId: 'conversation',
        conversationPlanId: planId,
        agentId: 'agent_author',
        providerId: 'rehearsal',
        modelId: 'novelist',
        correlationId: planId,
      },
    });
    return runId;
  }

  timeline(requirementId: string, branch = 'main'): Promise<TimelineEvent[]> {
    return this.service.query(
      'SELECT status, run_id, source, note FROM requirement_events WHERE requirement_id = $1 AND branch = $2 ORDER BY id',
      [requirementId, branch],
    );
  }

  declared(requirementId: string, branch = 'main'): Promise<unknown> {
    return until(`${requirementId} is declared`, async () => (await this.timeline(requirementId, branch)).length > 0);
  }

  private standIn(): void {
    this.service.answer(readPlanMaterial, () => ({ brief: BRIEF, vision: null }));
    this.service.answer(readEntries, () => {
      if (this.refusals > 0) {
        this.refusals -= 1;
        throw new DomainError('WORLD_NOT_READY', 503, 'The world is not there yet.');
      }
      const facts = [{ statement: KNOWN_FACT, from: '0.0' }];
      return {
        entries: [{ name: 'No Lamps', type: 'rule' as const, aliases: [], summary: 'The quay stays dark.', facts }],
      };
    });
    this.service.answer(readSceneContext, () => ({
      entries: [],
      persona: { name: '', baseline: '', memories: [], obligations: [] },
      author: { name: 'M. Okafor', summary: 'A clock.' },
      knownNames: [],
      lockedFacts: [{ entry: 'No Lamps', statement: KNOWN_FACT }],
      notKnown: [],
    }));
    this.service.answer(fileLore, (filing) => {
      this.filed.push(filing);
      return { entryId: `entry-of-${filing.requirementId}`, version: 1 };
    });
  }
}

/** A declaration without its requirements. */
export function declarationOf(planId: string, branch: string, source: string): Omit<DeclareLore, 'requirements'> {
  return { planId, branch, source, conversationId: 'conversation', planPassId: null, terms: BRIEF.lore };
}

/** A requirement of the whole book. */
export function requirementOf(requirementId: string): DeclareLore['requirements'][number] {
  const backlogItemId = `item:lore:${requirementId}`;
  return { ...needOf(requirementId), requirementId, kind: 'entry', chapter: null, scene: null, backlogItemId };
}

export function needOf(name: string): LoreNeed {
  return { domain: 'history', name, why: `the story needs ${name}` };
}
