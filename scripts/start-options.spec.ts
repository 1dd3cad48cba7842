import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(__dirname, '..');

function run(args: string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts', 'start.mjs'), ...args], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH, ...env },
    timeout: 20_000,
  });
  return { status, stdout, stderr };
}

it.each([
  [['--bogus'], /--bogus/],
  [['brief.md'], /brief\.md/],
  [['--brief'], /--brief/],
  [['--brief', '/no/such/brief.md'], /the brief \/no\/such\/brief\.md: there is no such file/],
  [['--brief', ROOT], /is not a file/],
  [['--port', '0'], /from 1 to 65535/],
  [['--port', '80a'], /from 1 to 65535/],
  [['--port', '70000'], /from 1 to 65535/],
  [['--out', join(ROOT, 'package.json')], /package\.json is not a folder/],
  [['--brief='], /the name of a file is missing/],
  [['--out='], /the name of a folder is missing/],
  [['--out', '/proc/foo/bar'], /files cannot be written there/],
  [['--out', '/dev/null/foo'], /\/dev\/null is not a folder/],
])('answers %p with one line and status 2', (args, line) => {
  const { status, stdout, stderr } = run(args);
  expect(status).toBe(2);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).toMatch(line);
  expect(stdout).toBe('');
});

it('answers a providers file that is not there with one line and status 2', () => {
  const { status, stderr } = run(['--exit'], { FICTION_PROVIDERS: '/no/providers.yaml' });
  expect(status).toBe(2);
  expect(stderr).toMatch(/FICTION_PROVIDERS.*no such file/);
});

it.each([
  [join(ROOT, 'package.json'), /package\.json is not a folder/],
  ['/proc/foo/bar', /the folder cannot be created/],
])('answers FICTION_DATA_DIR=%s with one line and status 2', (folder, line) => {
  const { status, stderr } = run(['--exit'], { FICTION_DATA_DIR: folder });
  expect(status).toBe(2);
  expect(stderr.trim().split('\n')).toHaveLength(1);
  expect(stderr).toMatch(line);
});

it('explains itself', () => {
  const { status, stdout } = run(['--help']);
  expect(status).toBe(0);
  for (const flag of ['--brief', '--out', '--exit', '--again', '--fresh', '--port']) expect(stdout).toContain(flag);
});
