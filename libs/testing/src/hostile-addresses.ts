/** What of an API's description is read: its paths, and what they take. */
export interface DescribedApi {
  paths: Record<string, { get?: { parameters?: { in?: string; name?: string }[] } }>;
}

/** As they stand in an address: nothing, too much, what databases and parsers stumble over, and cursors of others. */
export const HOSTILE_VALUES: readonly string[] = [
  '%00',
  'a%00b',
  '%0a',
  '%1b%5b0m',
  '%ff',
  '%zz',
  '%ed%a0%80',
  '..%2f..%2fetc',
  '%27%3b--',
  '%25',
  '0',
  '-1',
  '1.5',
  '1e9',
  'NaN',
  '2147483648',
  '99999999999',
  '999999999999999',
  '99999999999999999999',
  '2147483648.2147483648',
  '999999999.999999999',
  '2024-02-31T99:99:99.000000Z_00000000-0000-0000-0000-000000000000',
  '0000-01-01T00:00:00.000000Z_00000000-0000-0000-0000-000000000000',
  '9999-12-31T23:59:59.999999Z_------------------------------------',
  'n_2024-02-31T99:99:99.000000Z_x',
  'n_0000-01-01T00:00:00.000000Z_x',
  'g_99999999999999999999.1_x',
  'g_...._x',
  Buffer.from('["0000-02-31T00:00:00Z","1"]').toString('base64url'),
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00%2B23:59',
  Buffer.from('["0000-01-01T00:00:00Z","1"]').toString('base64url'),
  Buffer.from('["2024-01-01T00:00:00Z","999999999999999999"]').toString('base64url'),
  Buffer.from('["2024-01-01T00:00:00Z","\\u0000"]').toString('base64url'),
  Buffer.from('["planner","\\u0000"]').toString('base64url'),
  Buffer.from('["planner","999999999999999999"]').toString('base64url'),
  Buffer.from('["planner",{}]').toString('base64url'),
  'null',
  '__proto__',
  'constructor',
  encodeURIComponent('塩😀'),
  'x'.repeat(301),
  'x'.repeat(5_000),
];

/** Every route read with each value in each place of its path, and in each of its parameters and one it has not. */
export function hostileAddresses(
  api: DescribedApi,
  plan: string,
  values: readonly string[] = HOSTILE_VALUES,
): string[] {
  return Object.entries(api.paths).flatMap(([pattern, { get }]) => {
    if (get === undefined) return [];
    const places = [...pattern.matchAll(/\{(\w+)\}/g)].map(([place]) => place);
    const fill = (text: string): string => text.replace('{planId}', plan).replaceAll(/\{\w+\}/g, 'x');
    const names = (get.parameters ?? []).filter((one) => one.in === 'query').map(({ name }) => name!);
    return values.flatMap((value) => [
      ...places.map((place) => fill(pattern.replace(place, () => value))),
      ...[...names, 'unknown', `${names[0] ?? 'a'}[b]`].map((name) => `${fill(pattern)}?${name}=${value}`),
      ...names.slice(0, 1).map((name) => `${fill(pattern)}?${name}=${value}&${name}=${value}`),
    ]);
  });
}
