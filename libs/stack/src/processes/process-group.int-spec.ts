import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../reach/free-port';
import { PidRecord } from '../data/pid-record';
import { ProcessGroup } from './process-group';
import { isRunning } from './process-identity';
import type { ServiceCommand } from './service-command';
import type { ServiceEvent, SupervisionOptions } from './supervised-service';

const PLAIN_SERVICE = join(__dirname, '..', 'fixtures', 'plain-service.js');
const groups: ProcessGroup[] = [];
let dir: string;
let events: ServiceEvent[];

function group(options: Partial<SupervisionOptions> = {}): ProcessGroup {
  const made = new ProcessGroup({
    cwd: dir,
    logFile: (name) => join(dir, `${name}.log`),
    onEvent: (event) => events.push(event),
    graceMs: 2_000,
    ...options,
  });
  groups.push(made);
  return made;
}

async function service(name: string, env: Record<string, string> = {}): Promise<ServiceCommand> {
  const port = await freePort();
  return { name, port, command: [process.execPath, PLAIN_SERVICE], env: { PORT: String(port), ...env } };
}

async function pidBehind(url: string): Promise<number> {
  return ((await (await fetch(url)).json()) as { pid: number }).pid;
}

beforeEach(async () => {
  events = [];
  dir = await mkdtemp(join(tmpdir(), 'fiction-group-'));
});

afterEach(async () => {
  await Promise.all(groups.splice(0).map((each) => each.stopAll()));
  await rm(dir, { recursive: true, force: true });
});

it('waits until a service says it is ready', async () => {
  const services = group();
  const startedAt = Date.now();
  await services.start(await service('slow', { READY_AFTER_MS: '300' }));
  expect(Date.now() - startedAt).toBeGreaterThanOrEqual(300);
  expect(await pidBehind(services.urlOf('slow'))).toBe(services.pidOf('slow'));
});

it('brings a killed service back on its port', async () => {
  const services = group();
  await services.startAll([await service('weaver#1'), await service('weaver#2')]);
  const [first, other] = [services.pidOf('weaver#1')!, services.pidOf('weaver#2')!];

  await services.kill('weaver#1');
  expect(isRunning(first)).toBe(false);
  await services.whenReady('weaver#1');

  expect(await pidBehind(services.urlOf('weaver#1'))).not.toBe(first);
  expect(services.pidOf('weaver#2')).toBe(other);
  expect(events.filter(({ kind }) => kind === 'exited')).toMatchObject([{ how: 'was ended by SIGKILL' }]);
});

it('leaves a killed service down when restarting is off, and starts it when told', async () => {
  const services = group({ restart: false });
  await services.start(await service('weaver'));
  await services.kill('weaver');
  expect(services.pidOf('weaver')).toBeUndefined();
  await expect(services.whenReady('weaver')).rejects.toMatchObject({ code: 'SERVICE_FAILED' });

  await services.restart('weaver');
  expect(services.pidOf('weaver')).toBeDefined();
});

it('gives a service up that keeps dying while it starts, with the end of its log, and stops the others', async () => {
  const services = group({ failedStarts: 2 });
  const failing = services.startAll([
    await service('good', { READY_AFTER_MS: '20000' }),
    await service('bad', { DIES_SAYING: 'the migration is broken' }),
  ]);
  await expect(failing).rejects.toMatchObject({
    code: 'SERVICE_FAILED',
    service: 'bad',
    message: expect.stringMatching(/ended with status 3, 2 times in a row.*\nthe migration is broken/s),
  });
  expect(services.pidOf('good')).toBeUndefined();
});

it('tells why a service gave up its start, without the trace and the records around it', async () => {
  const said =
    '{"msg":"Starting"}\nbad: Error: the tables are newer\n  than this\n    at migrate (x.js:1:1)\n{"msg":"late"}';
  const failing = group({ failedStarts: 1 }).startAll([await service('bad#2', { DIES_SAYING: said })]);
  await expect(failing).rejects.toMatchObject({
    message: expect.stringMatching(/bad#2\.log\nbad: Error: the tables are newer\n  than this$/),
  });
});

it('tells that the heap of a service was full, and not where Node.js was when it found out', async () => {
  const failing = group({ failedStarts: 1 }).startAll([
    await service('bad', { FILLS_HEAP: 'yes', NODE_OPTIONS: '--max-old-space-size=16' }),
  ]);
  await expect(failing).rejects.toMatchObject({
    message: expect.stringMatching(/bad\.log\nFATAL ERROR: .*heap out of memory$/),
  });
});

it('gives a service up that never becomes ready', async () => {
  const services = group({ readyWithinMs: 500 });
  const failing = services.start(await service('never', { READY_AFTER_MS: '60000' }));
  await expect(failing).rejects.toMatchObject({ message: expect.stringContaining('was not ready within') });
  expect(services.pidOf('never')).toBeUndefined();
});

it('ends a service that ignores SIGTERM after the grace period', async () => {
  const services = group({ graceMs: 300 });
  await services.start(await service('deaf', { IGNORES_SIGTERM: 'yes' }));
  const pid = services.pidOf('deaf')!;
  await services.stop('deaf');
  expect(isRunning(pid)).toBe(false);
});

it('stops a service that is between two tries', async () => {
  const services = group({ failedStarts: 100 });
  const failing = services.start(await service('bad', { DIES_SAYING: 'no' }));
  while (events.length < 3) await new Promise((resolve) => setImmediate(resolve));
  await services.stopAll();
  await expect(failing).rejects.toMatchObject({ message: expect.stringContaining('was stopped') });
});

it('leaves no process running that cannot be written down, and gives the service up', async () => {
  const file = join(dir, 'pids.json');
  await mkdir(`${file}.next`);
  const services = group({ pids: new PidRecord(file), failedStarts: 2 });
  await expect(services.start(await service('weaver'))).rejects.toMatchObject({
    code: 'SERVICE_FAILED',
    message: expect.stringMatching(/could not be started \(EISDIR.*2 times in a row/),
  });
  expect(services.pidOf('weaver')).toBeUndefined();
});

it('ends as it should when its record of pids cannot be written any more', async () => {
  const file = join(dir, 'pids.json');
  const services = group({ pids: new PidRecord(file) });
  await services.startAll([await service('weaver'), await service('planner')]);
  const pid = services.pidOf('weaver')!;
  await mkdir(`${file}.next`);
  await services.stop('weaver');
  expect(isRunning(pid)).toBe(false);
  await services.stopAll();
  expect(existsSync(file)).toBe(false);
});

it('has its processes in the record of pids for as long as they run', async () => {
  const file = join(dir, 'pids.json');
  const services = group({ pids: new PidRecord(file) });
  await services.start(await service('weaver'));
  const pid = services.pidOf('weaver')!;

  expect(await new PidRecord(file).stopLeftovers()).toEqual(['weaver']);
  expect(isRunning(pid)).toBe(false);
});
