import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readlink, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import Redis from 'ioredis';
import { type Binaries, findBinaries, machineLookup } from '../binaries/binaries';
import { checkDatabase, checkRedis } from '../reach/check-reachable';
import { startPostgres } from './postgres';
import type { PrivateInstance } from './private-instance';
import { startRedis } from './redis';
import { SocketFolder } from './socket-folder';
import { unprivilegedUser } from './unix-user';
import { visitPostgres } from './visit-postgres';

const binaries = findBinaries(machineLookup(process.env.PATH ?? '')).found as Binaries;
const asRoot = process.getuid?.() === 0;
const started: PrivateInstance[] = [];
let dir: string;
let socketsIn: string;

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'fiction-stack-'));
  socketsIn = join(dir, 's');
  await chmod(dir, 0o711);
  await mkdir(socketsIn);
  await chmod(socketsIn, 0o1777);
});

afterEach(async () => {
  await Promise.all(started.splice(0).map((instance) => instance.kill()));
  expect(existsSync(socketsIn) ? await readdir(socketsIn) : []).toEqual([]);
  await rm(dir, { recursive: true, force: true });
});

async function both(at: { dir?: string; socketsIn?: string } = {}): Promise<PrivateInstance[]> {
  const options = { socketsIn, ...at };
  const folder = options.dir ?? dir;
  const instances = await Promise.all([
    startPostgres({ ...options, dir: join(folder, 'postgres'), binaries, durable: false, database: 'fiction' }),
    startRedis({ ...options, dir: join(folder, 'redis'), binary: binaries.redisServer }),
  ]);
  started.push(...instances);
  return instances;
}

async function expectToAnswer([postgres, redis]: PrivateInstance[]): Promise<void> {
  await checkDatabase(postgres!.url);
  await checkRedis(redis!.url);
}

it('lets nobody else in', async () => {
  const instances = await both();
  await expectToAnswer(instances);
  for (const { socket, port } of instances) {
    expect(port).toBeUndefined();
    const { mode } = await stat(dirname(socket!));
    expect(mode & 0o007).toBe(0);
  }
  if (!asRoot) return;
  // Nobody: neither the user whom PostgreSQL runs as nor us.
  const stranger = `require('net').connect(process.argv[1]).on('connect', () => process.exit(7)).on('error', (e) => console.log(e.code))`;
  for (const { socket } of instances) {
    const tried = spawnSync(process.execPath, ['-e', stranger, socket!], { uid: 65_533, gid: 65_533, cwd: '/' });
    expect([tried.status, tried.stdout.toString().trim()]).toEqual([0, 'EACCES']);
  }
});

it('comes back on the same socket, after a good end as after kill -9 that leaves it lying about', async () => {
  const instances = await both();
  for (const instance of instances) {
    await instance.restart();
    const ended = new Promise((resolve) => (instance.onUnexpectedExit = resolve));
    process.kill(instance.pid!, 'SIGKILL');
    await ended;
    expect(existsSync(instance.socket!)).toBe(true);
    await instance.start();
  }
  await expectToAnswer(instances);
});

it('is found by a link beside the data, which also leads to what a killed start has left', async () => {
  const left = await both();
  const folders = left.map(({ socket }) => dirname(socket!));
  expect(await Promise.all(left.map((instance) => readlink(`${instance.dir}.sockets`)))).toEqual(folders);
  for (const { pid } of left) process.kill(pid!, 'SIGKILL');

  await expectToAnswer(await both());

  expect(folders.filter((folder) => existsSync(folder))).toEqual([]);
});

it('serves on ports where no socket can be', async () => {
  const long = join(socketsIn, 'x'.repeat(100));
  await mkdir(long);
  const instances = await both({ socketsIn: long });
  await expectToAnswer(instances);
  expect(instances.map(({ port }) => port)).toEqual([expect.any(Number), expect.any(Number)]);
  await rm(long, { recursive: true });
});

describe('no socket is tried', () => {
  const make = (parent: string, user = unprivilegedUser()): Promise<SocketFolder | undefined> =>
    SocketFolder.make({ parent, file: 'x.sock', link: join(dir, 'link'), user });

  afterEach(() => expect(existsSync(join(dir, 'link'))).toBe(false));

  it.each(['a b', 'a%b', 'a,b', 'ä', 'x'.repeat(100)])('in a folder named %p', async (name) => {
    const parent = join(dir, name);
    await mkdir(parent);
    expect(await make(parent)).toBeUndefined();
    expect(await readdir(parent)).toEqual([]);
  });

  it('in a folder that is not there, or no folder', async () => {
    expect(await make(join(dir, 'nowhere'))).toBeUndefined();
    expect(await make('/dev/null')).toBeUndefined();
  });

  it('where PostgreSQL’s user cannot enter', async () => {
    if (!asRoot) return;
    await chmod(dir, 0o700);
    expect(await make(socketsIn)).toBeUndefined();
  });
});

it('does not mind a checkout that lies deep', async () => {
  const deep = join(dir, ...Array<string>(4).fill('y'.repeat(60)));
  await mkdir(deep, { recursive: true });
  const instances = await both({ dir: deep });
  await expectToAnswer(instances);
  expect(instances.map(({ port }) => port)).toEqual([undefined, undefined]);
});

it('takes databases and clients as a URL with a port does', async () => {
  const [postgres, redis] = await both();
  const rows = await visitPostgres(
    { connectionString: postgres!.url },
    async (client) => (await client.query('select current_database() as name, inet_server_addr() as address')).rows,
  );
  expect(rows).toEqual([{ name: 'fiction', address: null }]);
  const client = new Redis(redis!.url, { db: 1 });
  await client.set('a', 'b');
  expect(await client.get('a')).toBe('b');
  client.disconnect();
});
