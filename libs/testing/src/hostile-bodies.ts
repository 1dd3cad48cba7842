type Schema = {
  $ref?: string;
  type?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  additionalProperties?: Schema | boolean;
};

/** What of an API's description is read: what is written to it. */
export interface DescribedWrites {
  paths: Record<string, Record<string, { requestBody?: { content?: Record<string, { schema?: Schema }> } }>>;
  components?: { schemas?: Record<string, Schema> };
}

/** A write as somebody may send it who means no good, or does not know better. */
export interface HostileWrite {
  method: string;
  path: string;
  body: unknown;
  /** What is wrong with it, for the message of a failure. */
  why: string;
}

/** What stands where something else is meant. */
const VALUES: readonly unknown[] = [
  'a\u0000b',
  '\ud800',
  'x'.repeat(20_000),
  null,
  2 ** 53,
  {},
  [[[[[[[[[[[['a\u0000b']]]]]]]]]]]],
];
const WHOLE: readonly unknown[] = [[], {}, [{}], { constructor: {} }, { toString: '\u0000' }, { 'a\u0000': 1 }];

/** Every route that is written to, with each value in each field of what it takes, the others as they should be. */
export function hostileWrites(api: DescribedWrites, fill: (place: string) => string): HostileWrite[] {
  const resolve = (schema: Schema): Schema =>
    schema.$ref === undefined ? schema : resolve(api.components!.schemas![schema.$ref.split('/').at(-1)!]!);
  return Object.entries(api.paths).flatMap(([pattern, item]) =>
    ['post', 'put', 'patch', 'delete'].flatMap((method) => {
      const operation = item[method];
      if (operation === undefined) return [];
      const path = pattern.replaceAll(/\{(\w+)\}/g, (_, place: string) => fill(place));
      const given = operation.requestBody?.content?.['application/json']?.schema;
      const fair = given === undefined ? {} : fairValue(given, resolve);
      const write = (body: unknown, why: string): HostileWrite => ({ method: method.toUpperCase(), path, body, why });
      return [
        write(fair, 'as it should be'),
        ...WHOLE.map((body) => write(body, `the whole is ${JSON.stringify(body)}`)),
        ...placesOf(fair).flatMap((place) =>
          VALUES.map((value) => write(withAt(fair, place, value), `${place.join('.')} is ${inShort(value)}`)),
        ),
      ];
    }),
  );
}

/** A value that fits a schema, as far as the schema tells. */
function fairValue(given: Schema, resolve: (schema: Schema) => Schema): unknown {
  const schema = resolve(given);
  const one = (schema.oneOf ?? schema.anyOf)?.map(resolve).findLast(({ type }) => type !== 'null' && type !== 'string');
  if (one !== undefined) return fairValue(one, resolve);
  if (schema.enum !== undefined) return schema.enum[0];
  if (schema.properties !== undefined || schema.type === 'object') {
    const fields = Object.entries(schema.properties ?? { '1': schema.additionalProperties });
    return Object.fromEntries(
      fields.map(([name, inner]) => [name, typeof inner === 'object' ? fairValue(inner, resolve) : 'x']),
    );
  }
  if (schema.type === 'array') return [fairValue(schema.items ?? {}, resolve)];
  if (schema.type === 'number' || schema.type === 'integer') return 1;
  return schema.type === 'boolean' ? false : 'x';
}

/** The way to every field, and to every part of one. */
function placesOf(value: unknown, way: string[] = []): string[][] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [[...way, name], ...placesOf(inner, [...way, name])]);
}

function withAt(whole: unknown, [name, ...rest]: string[], value: unknown): unknown {
  if (name === undefined) return value;
  const copy: unknown = Array.isArray(whole) ? [...(whole as unknown[])] : { ...(whole as object) };
  const parts = copy as Record<string, unknown>;
  parts[name] = withAt(parts[name], rest, value);
  return copy;
}

function inShort(value: unknown): string {
  return (JSON.stringify(value) ?? 'nothing').slice(0, 40);
}
