import { planStateSchema } from '../plans/plan-state';
import { ProgressView } from './progress-view';
import { Screen } from './screen';

const startedAt = '2026-01-01T00:00:00.000Z';
const now = Date.parse(startedAt) + 60_000;

function planWith(scenes: Record<string, unknown>) {
  return planStateSchema.parse({
    id: 'p',
    title: 'A Book',
    status: 'running',
    startedAt,
    progress: [
      { phase: 'scene', startedAt, total: 9, ...scenes },
      { phase: 'vision', done: 1, total: 1, calls: 1, startedAt, finishedAt: '2026-01-01T00:00:05.000Z' },
    ],
  });
}

function view(terminal: boolean, columns = 140) {
  const out = { text: '' };
  const screen = new Screen({ write: (text: string) => (out.text += text), isTTY: terminal, columns });
  let at = now;
  return { out, screen, view: new ProgressView(screen, () => at), later: (ms: number) => (at += ms) };
}

/* oxlint-disable-next-line no-control-regex -- the codes of colours are what is taken out */
const plain = (text: string): string => text.replace(/\u001B\[[0-9;]*m/g, '');

describe('on a terminal', () => {
  it('shows one bar per phase, in the order of the phases, with what is left to wait', () => {
    const { out, view: shown, later } = view(true);
    shown.show(planWith({ done: 0, running: 2 }));
    later(60_000);
    out.text = '';
    shown.show(planWith({ done: 3, running: 2, calls: 40, inputTokens: 12_000, costUsd: 0.25 }));
    const rows = plain(out.text).split('\n').slice(-4);
    expect(rows[0]).toMatch(/^ {2}vision +█+ {2}1\/1 +0:05 {2}done +1 call /);
    expect(rows[1]).toMatch(
      /^ {2}scene +█+░+ {2}3\/9 +2:00 {2}eta 2:00 +40 calls +12\.0k tokens +\$0\.2500 {2}2 running$/,
    );
    expect(rows[2]).toMatch(/^ {2}total +2:00/);
  });

  it('of a book that is carried on, reckons with what is done since, not with how long it has lain still', () => {
    const { out, view: shown, later } = view(true);
    const row = (): string =>
      plain(out.text)
        .split('\n')
        .findLast((line) => line.includes('scene '))!;
    later(86_400_000);
    shown.show(planWith({ done: 3, running: 2 }));
    expect(row()).toContain('eta –');
    later(10_000);
    shown.show(planWith({ done: 5, running: 2 }));
    expect(row()).toMatch(/ 5\/9 +24:01:10 {2}eta 0:20 /);
  });

  it('redraws in place, keeps lines above, and never lets a row wrap', () => {
    const { out, screen, view: shown } = view(true, 60);
    shown.show(planWith({ done: 3 }));
    const rows = out.text.split('\n').length - 1;
    screen.line('planner was ended by SIGKILL');
    expect(out.text).toContain(`\u001B[${rows}A\u001B[0Jplanner was ended by SIGKILL\n`);
    for (const row of plain(out.text).split('\n')) expect(row.length).toBeLessThanOrEqual(64);
  });

  it('says below the bars why something stands still, in rows that do not wrap, and promises no end of it', () => {
    const { out, view: shown } = view(true, 60);
    const url = `http://127.0.0.1:8080/api/fiction/plans/${'p'.repeat(60)}/resume`;
    shown.show(planWith({ done: 3, running: 0 }), [`vision waits for local/m: connection refused; POST ${url}`]);
    const rows = plain(out.text).split('\n');
    expect(rows.find((row) => row.startsWith('  scene'))).toContain('eta –');
    expect(rows).toContain('  vision waits for local/m: connection refused; POST');
    expect(rows.join('').replaceAll(' ', '')).toContain(url);
    for (const row of rows) expect(row.length).toBeLessThan(60);
    shown.show(planWith({ done: 3 }));
    expect(plain(out.text).split('\u001B').at(-1)).not.toContain('waits for');
  });
});

describe('elsewhere', () => {
  it('writes a line for a phase that has moved, and not too often', () => {
    const { out, view: shown, later } = view(false);
    shown.show(planWith({ done: 3, calls: 3 }));
    shown.show(planWith({ done: 3, calls: 3 }));
    shown.show(planWith({ done: 4, calls: 4 }));
    expect(out.text.match(/scene/g)).toHaveLength(1);
    later(2_500);
    shown.show(planWith({ done: 4, calls: 4 }));
    shown.show(planWith({ done: 4, calls: 4 }));
    later(2_500);
    shown.show(planWith({ done: 4, calls: 4 }));
    expect(out.text.match(/scene +\d\/9/g)).toEqual(['scene     3/9', 'scene     4/9']);
    expect(out.text.match(/vision/g)).toHaveLength(1);
    expect(out.text).not.toContain('\u001B');
  });

  it('says once why something stands still, and again when it has gone on meanwhile', () => {
    const { out, view: shown } = view(false);
    const waits = (seconds: number) => [`scene waits for local/m: HTTP 429, come back in ${seconds} s`];
    for (const notes of [waits(30), waits(20), [], waits(10)]) shown.show(planWith({ done: 3, calls: 3 }), notes);
    expect(out.text.match(/waits for local.m: HTTP 429, come back in \d+/g)).toEqual([
      'waits for local/m: HTTP 429, come back in 30',
      'waits for local/m: HTTP 429, come back in 10',
    ]);
  });

  it('leaves a phase time to be counted, and shows it all the same when nobody counts it', () => {
    const { out, view: shown, later } = view(false);
    shown.show(planWith({ done: 1, calls: 0 }));
    expect(out.text).not.toContain('scene');
    later(500);
    shown.show(planWith({ done: 1, calls: 1 }));
    expect(out.text).not.toContain('scene');
    later(2_100);
    for (let look = 0; look < 2; look += 1) shown.show(planWith({ done: 1, calls: 2 }));
    expect(out.text).toMatch(/scene +1\/9 .* 2 calls /);
    const other = view(false);
    other.view.show(planWith({ done: 1 }));
    other.later(3_500);
    other.view.show(planWith({ done: 1 }));
    expect(other.out.text).toMatch(/scene +1\/9 .* 0 calls /);
  });
});
