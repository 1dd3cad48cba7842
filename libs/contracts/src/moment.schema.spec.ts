import { isMoment, momentSchema } from './moment.schema';

it.each([
  ['2026-01-01T02:00:00+02:00', '2026-01-01T00:00:00.000Z'],
  ['2026-01-01T00:00:00.123456Z', '2026-01-01T00:00:00.123Z'],
  ['0001-01-01T00:00:00Z', '0001-01-01T00:00:00.000Z'],
  ['9999-12-31T23:59:59.999Z', '9999-12-31T23:59:59.999Z'],
  // PostgreSQL would not take this offset.
  ['2026-01-01T00:00:00-23:59', '2026-01-01T23:59:00.000Z'],
])('%s is the moment %s', (given, moment) => {
  expect(momentSchema.parse(given)).toBe(moment);
});

it.each([
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00+23:59',
  '9999-12-31T23:59:59-12:00',
  '+010000-01-01T00:00:00Z',
  '2026-02-31T00:00:00Z',
  '2026-01-01',
  'yesterday',
  5,
])('%j is none', (given) => {
  expect(momentSchema.safeParse(given).success).toBe(false);
});

it.each(['2026-06-31T00:00:00.000000Z', '0000-01-01T00:00:00.000000Z', '2026-01-01T99:00:00.000000Z'])(
  'there was no %s',
  (text) => expect(isMoment(text)).toBe(false),
);
