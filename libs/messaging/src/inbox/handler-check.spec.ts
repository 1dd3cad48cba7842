import { ALL_MESSAGES, cancelRunCommandOf, forkBranchCommandOf, startRunsCommandOf } from '@fiction/contracts';
import { HandlerError, matches, MessageHandlers } from './message-handlers';

const start = startRunsCommandOf('scene-weaver');
const cancel = cancelRunCommandOf('scene-weaver');
const nothing = async (): Promise<void> => undefined;

describe('the check of handlers', () => {
  it('is content when every message of the service has its handler', () => {
    const handlers = new MessageHandlers();
    handlers.register(start, nothing);
    handlers.register(cancel, nothing);
    handlers.register(forkBranchCommandOf('scene-weaver'), nothing);
    expect(() => handlers.check('scene-weaver', ALL_MESSAGES)).not.toThrow();
  });

  it('names a message without a handler', () => {
    const handlers = new MessageHandlers();
    handlers.register(start, nothing);
    expect(() => handlers.check('scene-weaver', ALL_MESSAGES)).toThrow(cancel.subject);
  });

  it('refuses a second handler of one message', () => {
    const handlers = new MessageHandlers();
    handlers.register(start, nothing);
    expect(() => handlers.register(start, nothing)).toThrow(HandlerError);
  });

  it('names a handler of what never comes', () => {
    const handlers = new MessageHandlers();
    handlers.register(start, nothing);
    handlers.register(cancel, nothing);
    handlers.register(forkBranchCommandOf('scene-weaver'), nothing);
    handlers.register(startRunsCommandOf('world-bible'), nothing);
    expect(() => handlers.check('scene-weaver', ALL_MESSAGES)).toThrow('fiction.command.world-bible.start-runs');
  });
});

it.each([
  ['a.b', 'a.b', true],
  ['a.b', 'a.c', false],
  ['a.*', 'a.b', true],
  ['a.*', 'a.b.c', false],
  ['a.>', 'a.b.c', true],
  ['a.>', 'a', false],
  ['*.>', 'a.b', true],
  ['>', 'a', true],
])('filter %s and subject %s: %s', (filter, subject, expected) => {
  expect(matches(filter, subject)).toBe(expected);
});
