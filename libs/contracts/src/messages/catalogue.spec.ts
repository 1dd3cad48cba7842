import { ALL_MESSAGES, ALL_REQUESTS } from './catalogue';
import { PHASE_OWNER, PHASES, SERVICES, jobName } from '../plan/phases';
import { startRunsCommand } from '.';
import { CONSUMERS, STREAMS } from './topology';

const subjects = [...ALL_MESSAGES, ...ALL_REQUESTS].map((contract) => contract.subject);
const WORD = '[a-z]+(?:-[a-z]+)*';

/** Whether a filter such as `fiction.event.>` takes a subject. */
function takes(filter: string, subject: string): boolean {
  return filter.endsWith('.>') ? subject.startsWith(filter.slice(0, -1)) : filter === subject;
}

it('has every subject once', () => {
  expect([...new Set(subjects)]).toEqual(subjects);
});

it('names commands fiction.command.<service>.<verb>, events fiction.event.<noun>.<participle>', () => {
  for (const { kind, subject } of ALL_MESSAGES) {
    const grammar = {
      command: new RegExp(`^fiction\\.command\\.(${SERVICES.join('|')})\\.${WORD}$`),
      event: new RegExp(`^fiction\\.event\\.${WORD}\\.${WORD}ed$`),
    }[kind];
    expect(subject).toMatch(grammar);
  }
});

it('names requests <service>.<noun>.<verb>, after the service that answers, each with a time limit', () => {
  for (const { subject, service, timeoutMs } of ALL_REQUESTS) {
    expect(subject).toMatch(new RegExp(`^${WORD}\\.${WORD}\\.${WORD}$`));
    expect(subject.split('.')[0]).toBe(service);
    expect(SERVICES).toContain(service);
    expect(timeoutMs).toBeGreaterThan(0);
    expect(timeoutMs).toBeLessThanOrEqual(60_000);
  }
});

it('sends every command to the one service it is for, and every event to somebody', () => {
  for (const { kind, subject } of ALL_MESSAGES) {
    const stream = STREAMS.filter((one) => one.subjects.some((filter) => takes(filter, subject)));
    expect(stream).toHaveLength(1);
    const services = CONSUMERS.filter(
      (consumer) => consumer.stream === stream[0]!.name && takes(consumer.filter, subject),
    ).map((consumer) => consumer.service);
    expect(new Set(services).size).toBe(services.length);
    if (kind === 'command') expect(services).toEqual([subject.split('.')[2]]);
    else expect(services.length).toBeGreaterThan(0);
  }
});

it('starts a phase at the service that owns it', () => {
  for (const phase of PHASES.filter((one) => PHASE_OWNER[one] !== 'planner')) {
    expect(startRunsCommand(phase).subject).toBe(`fiction.command.${PHASE_OWNER[phase]}.start-runs`);
  }
});

describe('jobName', () => {
  it.each([
    ['vision', 'p1', undefined, 'fiction:vision:p1'],
    ['world', 'p1', 'main', 'fiction:world:p1'],
    ['planner', 'p1:2', undefined, 'fiction:planner:p1:2'],
    ['blueprint', 'p1:7', 'alt-beta', 'fiction:blueprint:p1:7@alt-beta'],
    ['scroll', 's1', undefined, 'fiction:scroll:s1'],
    ['scene', 'sc1', 'alt-beta', 'fiction:scene:sc1@alt-beta'],
    ['lore', 'r1', undefined, 'fiction:lore:r1'],
  ] as const)('of %s %s on %s is %s', (phase, target, branch, name) => {
    expect(jobName(phase, target, branch)).toBe(name);
  });
});
