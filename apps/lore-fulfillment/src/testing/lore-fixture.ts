import {
  alertCauseReported,
  blockLore,
  declareLore,
  DomainError,
  fileLore,
  jobName,
  loreMoved,
  readEntries,
  readPlanMaterial,
  readSceneContext,
  settleBrief,
  startRunsCommand,
  wakeLore,
  type AlertCause,
  type DeclareLore,
  type LoreEvent,
  type LoreNeed,
  type LoreTerms,
  type RequestOf,
  type WakeLore,
} from '@fiction/contracts';
import { Clock } from '@fiction/platform';
import { ManualClock, ServiceUnderTest, until, type ScriptedModel, taskMetadata } from '@fiction/testing';
import { LoreFulfillmentModule } from '../lore-fulfillment.module';
import { LoreTimers } from '../requirements/clock/lore-timers';

const BRIEF = settleBrief(
  { title: 'The Salt Clock', author: 'M. Okafor', text: 'Ada Quill comes to Brine Harbour.' },
  { provider: 'rehearsal', model: 'novelist' },
);

export const KNOWN_FACT = 'Nobody lights a lamp on the quay.';

/** Who asks, in the tests. */
export const WRITER = { actor: 'mo', source: 'console' as const, idempotencyKey: null };

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
  /** What the planner and telemetry were told. */
  wakes!: WakeLore[];
  events!: LoreEvent[];
  alerts!: AlertCause[];
  readonly clock = new ManualClock(Date.now());
  service!: ServiceUnderTest;
  /** Questions that the world bible refuses because it has no world yet. */
  refusals = 0;
  /** What it holds true. */
  knownFact = KNOWN_FACT;
  /** What the world bible says instead of filing. */
  notFiled: DomainError | undefined;

  static async start(model: ScriptedModel, replicas = 2): Promise<LoreFixture> {
    const fixture = new LoreFixture();
    fixture.service = await ServiceUnderTest.start({
      service: 'lore-fulfillment',
      module: (config) => LoreFulfillmentModule.forConfig(config),
      model,
      replicas,
      override: (builder) => void builder.overrideProvider(Clock).useValue(fixture.clock),
    });
    fixture.wakes = await fixture.service.hear(wakeLore);
    fixture.events = await fixture.service.hear(loreMoved);
    fixture.alerts = await fixture.service.hear(alertCauseReported);
    fixture.standIn();
    return fixture;
  }

  async declare(
    planId: string,
    needs: (Partial<DeclareLore['requirements'][number]> & { requirementId: string })[],
    { branch = 'main', source = 'fiction:vision:test', terms = {}, askedFrom }: DeclaredBy = {},
  ) {
    const requirements = needs.map((need) => ({ ...requirementOf(need.requirementId), ...need }));
    const declaration = declarationOf(planId, branch, source);
    await this.service.publish(declareLore, {
      ...declaration,
      askedFrom,
      terms: { ...declaration.terms, ...terms },
      requirements,
    });
  }

  /** Says, as the planner would, that an item waits for a requirement, and waits until its clock goes. */
  async block(planId: string, requirementId: string, branch = 'main'): Promise<void> {
    const itemId = `item:scene:of-${requirementId}`;
    await this.service.publish(blockLore, { planId, branch, requirementIds: [requirementId], itemId });
    await until(`the clock of ${requirementId} goes`, async () => {
      const going = 'SELECT 1 FROM requirements WHERE id = $1 AND branch = $2 AND blocked_at IS NOT NULL';
      return (await this.service.query(going, [requirementId, branch])).length > 0;
    });
  }

  /** Has every replica fire what is due, all at once. */
  async fire(): Promise<void> {
    await Promise.all(this.service.replicas.map((replica) => replica.get(LoreTimers, { strict: false }).fire()));
  }

  status(requirementId: string, branch = 'main'): Promise<string | undefined> {
    const asked = 'SELECT status FROM requirements WHERE id = $1 AND branch = $2';
    return this.service.query<{ status: string }>(asked, [requirementId, branch]).then((rows) => rows[0]?.status);
  }

  /** The whole of what was told of a requirement, in the order of its timeline: replicas tell each for themselves. */
  async told(requirementId: string, count: number): Promise<LoreEvent[]> {
    const told = await until(`${requirementId} was told of ${count} times`, () => {
      const heard = this.events.filter((event) => event.requirementId === requirementId);
      return heard.length >= count && heard;
    });
    const rows = await this.service.query<{ event_id: string }>(
      'SELECT event_id FROM requirement_events WHERE requirement_id = $1 ORDER BY id',
      [requirementId],
    );
    const timeline = rows.map((row) => row.event_id);
    return told.toSorted((one, other) => timeline.indexOf(one.eventId) - timeline.indexOf(other.eventId));
  }

  woken(requirementId: string, because: WakeLore['because']): Promise<WakeLore> {
    return until(`${requirementId} was woken, ${because}`, () =>
      this.wakes.find((wake) => wake.requirementId === requirementId && wake.because === because),
    );
  }

  async fulfil(planId: string, requirementId: string, branch = 'main', resumption = 0): Promise<string> {
    const runId = jobName('lore', requirementId, branch);
    await this.service.publish(startRunsCommand('lore'), {
      starts: [
        {
          runId,
          revision: 1,
          resumption,
          planId,
          branch,
          phase: 'lore',
          target: { requirementId },
          metadata: taskMetadata(planId, branch, {
            backlogItemId: `item:${requirementId}`,
            taskId: `task:${requirementId}`,
          }),
        },
      ],
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
      const facts = [{ statement: this.knownFact, from: '0.0' }];
      return {
        entries: [{ name: 'No Lamps', type: 'rule' as const, aliases: [], summary: 'The quay stays dark.', facts }],
      };
    });
    this.service.answer(readSceneContext, () => ({
      entries: [],
      persona: { name: '', baseline: '', memories: [], obligations: [] },
      author: { name: 'M. Okafor', summary: 'A clock.' },
      knownNames: [],
      lockedFacts: [{ entry: 'No Lamps', statement: this.knownFact }],
      notKnown: [],
    }));
    this.service.answer(fileLore, (filing) => {
      if (this.notFiled !== undefined) throw this.notFiled;
      this.filed.push(filing);
      return { entryId: `entry-of-${filing.requirementId}`, version: 1 };
    });
  }
}

interface DeclaredBy {
  branch?: string;
  source?: string;
  askedFrom?: string;
  terms?: Partial<LoreTerms>;
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
