import { isConflict, isUnavailable, tookTooLong } from './unavailable';

const withCode = (code: string, message = 'x'): Error => Object.assign(new Error(message), { code });

describe('isUnavailable', () => {
  it.each([
    ...['57P01', '57P02', '57P03', '57P05', '25P03', '08006'],
    ...['25006', '53000', '53100', '53200', '53300', '58000', '58030'],
  ])('knows SQLSTATE %s', (code) => {
    expect(isUnavailable(withCode(code))).toBe(true);
  });

  it.each(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'EAI_AGAIN'])('knows %s', (code) => {
    expect(isUnavailable(withCode(code))).toBe(true);
  });

  it.each([
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'timeout exceeded when trying to connect',
    'Query read timeout',
    'Client was closed and is not queryable',
    'Client has encountered a connection error and is not queryable',
    'the database system is starting up',
  ])('knows "%s"', (message) => {
    expect(isUnavailable(new Error(message))).toBe(true);
  });

  it.each(['ENOENT', 'EAGAIN'])('knows %s of a socket that nobody answers at', (code) => {
    const error = Object.assign(withCode(code), { syscall: 'connect' });
    expect(isUnavailable(error)).toBe(true);
    expect(isUnavailable({ driverError: error })).toBe(true);
  });

  it('looks into what TypeORM wraps', () => {
    expect(isUnavailable({ name: 'QueryFailedError', driverError: withCode('57P01') })).toBe(true);
  });

  it.each([
    ['a unique violation', withCode('23505')],
    ['a syntax error', withCode('42601')],
    ['a deadlock', withCode('40P01')],
    ['a cancelled statement', withCode('57014')],
    ['an error of ours', new Error('no such scene')],
    ['nothing', undefined],
    ['a file that is not there', Object.assign(withCode('ENOENT'), { syscall: 'open' })],
    ['a string', 'Connection terminated'],
    ['null', null],
  ])('does not take %s for one', (_what, error) => {
    expect(isUnavailable(error)).toBe(false);
  });
});

describe('isConflict', () => {
  it.each([
    ['40001', true],
    ['40P01', true],
    ['23505', false],
    ['57P01', false],
  ])('%s: %s', (code, expected) => {
    expect(isConflict(withCode(code))).toBe(expected);
    expect(isConflict({ driverError: withCode(code) })).toBe(expected);
  });
});

it.each([
  ['57014', true],
  ['55P03', true],
  ['40P01', false],
  ['57P01', false],
])('%s says that it took too long: %s', (code, expected) => {
  expect(tookTooLong({ driverError: withCode(code) })).toBe(expected);
});
