import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findBinaries, type Lookup, machineLookup } from './binaries';
import { ensureBinaries } from './ensure-binaries';
import { installWithPackageManager } from './install-packages';

const options = { env: {}, logFile: '/dev/null', log: () => undefined };
const everything: Lookup = (program) => `/usr/bin/${program}`;
const nothing: Lookup = () => undefined;

describe('ensuring the server programs', () => {
  it('installs nothing when all are there', async () => {
    const install = jest.fn();
    const found = await ensureBinaries({ ...options, lookup: everything, install });
    expect(found.natsServer).toBe('/usr/bin/nats-server');
    expect(install).not.toHaveBeenCalled();
  });

  it('does without a Prometheus, which only tests need, unless it is asked for', async () => {
    const install = jest.fn(async () => ({}));
    const lookup: Lookup = (program) => (program === 'prometheus' ? undefined : everything(program));
    await ensureBinaries({ ...options, lookup, install });
    expect(install).not.toHaveBeenCalled();
    await expect(ensureBinaries({ ...options, lookup, install, needed: ['prometheus'] })).rejects.toMatchObject({
      missing: ['prometheus'],
    });
  });

  it('asks only for what is missing and needed', async () => {
    const installed = new Set<string>();
    const install = jest.fn(async (missing: readonly string[]) => {
      for (const program of missing) installed.add(program);
      return {};
    });
    const lookup: Lookup = (program) => (installed.has(program) ? `/opt/${program}` : undefined);

    await ensureBinaries({ ...options, lookup, install, needed: ['redisServer'] });

    expect(install.mock.calls[0]![0]).toEqual(['redis-server']);
  });

  it('says what to install by hand, on each system, when nothing else worked', async () => {
    const install = async () => ({ why: 'sudo asks for a password.' });
    const failing = ensureBinaries({ ...options, lookup: nothing, install });
    await expect(failing).rejects.toMatchObject({
      code: 'MISSING_BINARIES',
      missing: ['postgres', 'initdb', 'redis-server', 'nats-server'],
      message: expect.stringMatching(
        /sudo asks for a password.*apt-get install postgresql.*brew install.*DATABASE_URL/s,
      ),
    });
  });
});

describe('on a machine with stand-ins for its programs', () => {
  let dir: string;

  async function program(path: string, text = '#!/bin/sh\nexit 0\n'): Promise<void> {
    await mkdir(join(dir, path, '..'), { recursive: true });
    await writeFile(join(dir, path), text);
    await chmod(join(dir, path), 0o755);
  }

  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'fiction-binaries-'));
  });

  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('takes initdb from beside postgres, so that their versions agree', async () => {
    await program('one/initdb');
    await program('two/postgres');
    await program('two/initdb');
    const { found } = findBinaries(machineLookup(`${join(dir, 'one')}:${join(dir, 'two')}`));
    expect(found).toMatchObject({ postgres: join(dir, 'two/postgres'), initdb: join(dir, 'two/initdb') });
  });

  it('tells a sudo that asks for a password from none', async () => {
    if (process.platform !== 'linux') return;
    await program('apt-get');
    const whyNot = async (): Promise<string | undefined> =>
      (await installWithPackageManager(['nats-server'], { ...options, env: { PATH: dir } })).why;
    const getuid = jest.spyOn(process, 'getuid').mockReturnValue(1000);
    try {
      expect(await whyNot()).toBe('installing needs root, and there is no sudo.');
      await program('sudo', '#!/bin/sh\nexit 1\n');
      expect(await whyNot()).toBe('installing needs root, and sudo asks for a password.');
    } finally {
      getuid.mockRestore();
    }
  });

  it('gives the package manager’s last words when it fails', async () => {
    if (process.platform !== 'linux') return;
    const aptGet = '#!/bin/sh\nif [ "$1" = "--version" ]; then exit 0; fi\necho "E: no network: $*"\nexit 100\n';
    await program('apt-get', aptGet);
    await program('sudo', '#!/bin/sh\nshift\nexec "$@"\n');
    const said: string[] = [];
    const logFile = join(dir, 'install.log');

    const { why } = await installWithPackageManager(['nats-server', 'initdb', 'postgres'], {
      env: { PATH: `${dir}:/usr/bin:/bin` },
      logFile,
      log: (line) => said.push(line),
    });

    expect(why).toContain('E: no network');
    expect(said).toHaveLength(1);
    expect(await readFile(logFile, 'utf8')).toContain('--no-install-recommends nats-server postgresql');
  });
});
