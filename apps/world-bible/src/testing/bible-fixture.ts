import { settleBrief, type SettledBrief, type Vision } from '@fiction/contracts';
import { ServiceUnderTest, type ServiceUnderTestOptions } from '@fiction/testing';
import type { BibleEntry } from '../bible/bible-entry';
import { EntryVersions } from '../bible/entry-versions';
import { Worlds } from '../bible/shelf/worlds';
import { WorldBibleModule } from '../world-bible.module';

type Options = Pick<ServiceUnderTestOptions, 'model' | 'replicas' | 'env' | 'override'>;

export function startWorldBible(options: Options = {}): Promise<ServiceUnderTest> {
  return ServiceUnderTest.start({
    service: 'world-bible',
    module: (config) => WorldBibleModule.forConfig(config),
    ...options,
  });
}

export const BRIEF: SettledBrief = settleBrief(
  {
    title: 'The Salt Clock',
    author: 'M. Okafor',
    text: 'Ada Quill comes to Brine Harbour to value the salt clock. Nobody thanks her.',
    cast: [{ name: 'Ada Quill', role: 'protagonist', baseline: 'dry, exact' }],
  },
  { provider: 'rehearsal', model: 'novelist' },
);

export const VISION: Vision = {
  authorSummary: 'A clock, and who pays for it.',
  logline: 'An assessor must value what nobody will sell.',
  goals: ['to be unsure'],
  themes: ['what a thing is worth'],
  acts: [{ name: 'Arrival', summary: 'She arrives.' }],
  cast: ['Ada Quill', 'Tobias Marsh'].map((name) => ({
    name,
    role: 'character',
    description: `${name} is here.`,
    want: 'the clock',
    fear: 'the sea',
    voice: 'short sentences',
  })),
  lore: [],
};

export const METADATA = (planId: string, branch = 'main') => ({
  planId,
  branch,
  backlogItemId: `item:${planId}`,
  taskId: `task:${planId}`,
  conversationId: `conversation:${planId}`,
  conversationPlanId: planId,
  agentId: 'agent_author',
  providerId: 'rehearsal',
  modelId: 'novelist',
  correlationId: planId,
});

/** Files a roster and a complete world, as the vision and the world phase would. */
export async function fileWorld(
  service: ServiceUnderTest,
  planId: string,
  entries: readonly BibleEntry[],
  premiseNames: string[] = [],
): Promise<void> {
  const app = service.replicas[0]!;
  const versions = app.get(EntryVersions, { strict: false });
  const worlds = app.get(Worlds, { strict: false });
  const runId = `fiction:world:${planId}`;
  await service.query(
    `INSERT INTO personas (plan_id, branch, kind, key, name, baseline) VALUES
      ($1, 'main', 'author', 'author', 'M. Okafor', 'A clock.'), ($1, 'main', 'character', 'ada quill', 'Ada Quill', 'dry')
     ON CONFLICT DO NOTHING`,
    [planId],
  );
  await service.database.transaction(async (uow) => {
    await versions.file(uow, { planId, branch: 'main', source: 'world', sourceRef: `${runId}#1` }, entries);
    await worlds.complete(uow, { planId, branch: 'main', runId, revision: 1, premiseNames });
  });
}
