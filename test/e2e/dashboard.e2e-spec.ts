import { SERVICES } from '@fiction/contracts';
import { ensureBinaries, startPrometheus, type PrivateInstance } from '@fiction/stack';
import { behave, until } from '@fiction/testing';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { BookUnderTest, briefOf } from '../book/book-under-test';
import { at, listAt, readDocument, readText } from '../contract/manifest-files';

jest.setTimeout(120_000);

const COMPLETE_WITHIN_MS = 60_000;
/** What has happened is on a panel after a scrape; the machine may be busy. */
const SEEN_WITHIN_MS = 20_000;
/** Longer than the test takes: of what has happened all is seen. */
const WINDOW = '10m';
/** Few scenes establish how a persona sounds, and nothing drifts from that yet. */
const MAY_BE_EMPTY = ['Drift of scenes from their baselines'];

const VISION = 'vision.compose';
const BRIEF = briefOf({ chapters: 1, scenesPerChapter: 2, continuity: 'chapter' });
const panels = listAt(JSON.parse(readText('observability/grafana/dashboards/fiction-weaver.json')), 'panels');

let book: BookUnderTest;
let prometheus: PrivateInstance;
beforeAll(async () => {
  book = await BookUnderTest.start({
    replicas: { 'scene-weaver': 2, telemetry: 2 },
    env: { FICTION_ALERT_FAILURES: '1' },
  });
  const dir = join(book.system.dir, 'prometheus');
  const log = (line: string): void => void process.stderr.write(`${line}\n`);
  const logFile = book.system.logFile('install');
  const { prometheus: binary } = await ensureBinaries({ env: process.env, log, logFile, needed: ['prometheus'] });
  prometheus = await startPrometheus({ dir, binary, configuration: await configuration() });
});
afterAll(async () => {
  await prometheus?.kill();
  await book?.stop();
});

/** The project's own, with the addresses that a name server would give, and looking more often. */
async function configuration(): Promise<string> {
  const token = join(book.system.dir, 'fiction-token');
  await writeFile(token, book.system.client.token);
  const whole = readDocument('observability/prometheus/prometheus.yml') as Record<string, unknown>;
  const job = listAt(whole, 'scrape_configs').find((one) => at(one, 'job_name') === 'fiction');
  const { dns_sd_configs: _, ...kept } = job as Record<string, unknown>;
  const targets = SERVICES.map((service) => ({
    targets: book.system.namesOf(service).map((name) => new URL(book.system.processes.urlOf(name)).host),
    labels: { __meta_dns_name: service },
  }));
  return stringify({
    global: { scrape_interval: '500ms', scrape_timeout: '500ms' },
    scrape_configs: [{ ...kept, authorization: { credentials_file: token }, static_configs: targets }],
  });
}

interface Sample {
  labels: Record<string, string>;
  value: number;
}

async function query(expression: string): Promise<Sample[]> {
  const whole = expression.replaceAll('$__rate_interval', WINDOW).replaceAll('$__range', WINDOW);
  const response = await fetch(`${prometheus.url}/api/v1/query?query=${encodeURIComponent(whole)}`);
  const answer = (await response.json()) as { error?: string; data?: unknown };
  if (!response.ok) throw new Error(`${whole}: ${answer.error}`);
  return listAt(answer, 'data', 'result').map((one) => ({
    labels: at(one, 'metric') as Sample['labels'],
    value: Number(at(one, 'value', 1)),
  }));
}

/** The only number that an expression comes to. */
async function number(expression: string): Promise<number | undefined> {
  const samples = await query(expression);
  return samples.length === 1 ? samples[0]!.value : undefined;
}

/** The first expression of a panel. */
function shownBy(title: string): Promise<Sample[]> {
  const panel = panels.find((one) => at(one, 'title') === title && at(one, 'targets') !== undefined);
  return query(at(panel, 'targets', 0, 'expr') as string);
}

it('shows on every panel what has happened, once, whatever there are of replicas', async () => {
  const { client } = book.system;
  const answering = 'count(up{job="fiction"} == 1)';
  await until('every replica answers', async () => (await number(answering)) === SERVICES.length + 2, SEEN_WITHIN_MS);

  await client.whenComplete(await client.createPlan(BRIEF), COMPLETE_WITHIN_MS);
  book.models.script('scene.draft', [behave.status(400)]);
  const failing = await client.createPlan(BRIEF.replace('The Salt Clock', 'The Failed Clock'));
  await until('it has failed', async () => (await client.plan(failing)).status === 'failed', COMPLETE_WITHIN_MS);
  book.models.script(VISION, [behave.hang()]);
  const paused = await client.createPlan(BRIEF.replace('The Salt Clock', 'The Paused Clock'));
  await until('the third book is asked for its vision', async () => book.models.count(VISION) === 3, SEEN_WITHIN_MS);
  await client.request('POST', `/api/fiction/plans/${paused}/pause`);

  const onFire = 'sum(fiction_alert_changes_total{rule="item-on-fire",change="opened"})';
  await until('the alert is seen', async () => (await number(onFire)) === 1, SEEN_WITHIN_MS);
  await until(
    'the pause is seen',
    async () => (await number('max(fiction_plans{status="paused"})')) === 1,
    SEEN_WITHIN_MS,
  );

  for (const panel of panels.filter((one) => at(one, 'type') !== 'row')) {
    const title = at(panel, 'title') as string;
    for (const target of listAt(panel, 'targets')) {
      const samples = await query(at(target, 'expr') as string);
      if (!MAY_BE_EMPTY.includes(title)) expect([title, samples.length > 0]).toEqual([title, true]);
      expect([title, samples.filter(({ value }) => !Number.isFinite(value))]).toEqual([title, []]);
    }
  }

  // All but the one that was called off.
  const calls = 'sum(fiction_model_calls_total)';
  await until('every call is seen once', async () => (await number(calls)) === book.models.count() - 1, SEEN_WITHIN_MS);
  const plans = (await shownBy('Plans, by status')).map(({ labels, value }) => [labels.status, value]);
  expect(Object.fromEntries(plans)).toEqual({ draft: 0, running: 0, paused: 1, complete: 1, failed: 1, archived: 0 });
  expect((await shownBy('Cost of plans at work')).map(({ labels }) => labels.plan)).toEqual([paused]);
  // The first of its kind in the life of these processes.
  expect(await shownBy('Runs that ended')).toContainEqual({
    labels: { phase: 'scene', status: 'Failed' },
    value: expect.any(Number),
  });
  expect(await shownBy('Open alerts, by rule')).toContainEqual({
    labels: { rule: 'item-on-fire', severity: 'critical' },
    value: 1,
  });

  await book.system.processes.stop('conductor');
  await until(
    'one service does not answer',
    async () => (await shownBy('Services that answer'))[0]?.value === 6,
    SEEN_WITHIN_MS,
  );
});
