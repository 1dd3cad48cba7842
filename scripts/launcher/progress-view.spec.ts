import { planStateSchema } from './plans/plan-state';
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
      { phase: 'vision', done: 1, total: 1, startedAt, finishedAt: '2026-01-01T00:00:05.000Z' },
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
    const { out, view: shown } = view(true);
    shown.show(planWith({ done: 3, running: 2, calls: 40, inputTokens: 12_000, costUsd: 0.25 }));
    const rows = plain(out.text).trim().split('\n');
    expect(rows[0]).toMatch(/^vision +█+ {2}1\/1 +0:05 {2}done/);
    expect(rows[1]).toMatch(
      /^ {2}scene +█+░+ {2}3\/9 +1:00 {2}eta 2:00 +40 calls +12\.0k tokens +\$0\.2500 {2}2 running$/,
    );
    expect(rows[2]).toMatch(/^ {2}total +1:00/);
  });

  it('redraws in place, keeps lines above, and never lets a row wrap', () => {
    const { out, screen, view: shown } = view(true, 60);
    shown.show(planWith({ done: 3 }));
    const rows = out.text.split('\n').length - 1;
    screen.line('planner was ended by SIGKILL');
    expect(out.text).toContain(`\u001B[${rows}A\u001B[0Jplanner was ended by SIGKILL\n`);
    for (const row of plain(out.text).split('\n')) expect(row.length).toBeLessThanOrEqual(64);
  });
});

describe('elsewhere', () => {
  it('writes a line for a phase that has moved, and not too often', () => {
    const { out, view: shown, later } = view(false);
    shown.show(planWith({ done: 3 }));
    shown.show(planWith({ done: 4 }));
    expect(out.text.match(/scene/g)).toHaveLength(1);
    later(2_500);
    shown.show(planWith({ done: 4 }));
    later(2_500);
    shown.show(planWith({ done: 4 }));
    expect(out.text.match(/scene +\d\/9/g)).toEqual(['scene     3/9', 'scene     4/9']);
    expect(out.text.match(/vision/g)).toHaveLength(1);
    expect(out.text).not.toContain('\u001B');
  });
});
