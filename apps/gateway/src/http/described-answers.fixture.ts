import type { OpenAPIObject } from '@nestjs/swagger';
import { z } from 'zod';

type JsonSchema = Parameters<typeof z.fromJSONSchema>[0];
interface Operation {
  responses: Record<string, { content?: Record<string, { schema?: object }> }>;
}

/** What depends on what a route takes. */
const REFUSALS_OF_ROUTES = new Set([400, 409, 413, 415, 422]);

/** Holds what the gateway answers to what its description says that it answers. */
export class DescribedAnswers {
  private readonly routes: { pattern: RegExp; item: Record<string, Operation | undefined> }[];
  private readonly definitions: string;
  private readonly schemas = new Map<object, z.ZodType>();

  constructor(document: OpenAPIObject) {
    const places = (path: string): number => path.split('{').length;
    this.routes = Object.entries(document.paths)
      // An address that is named wins over one with a place for any name.
      .sort(([one], [other]) => places(one) - places(other))
      .map(([path, item]) => ({
        pattern: new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
        item: item as unknown as Record<string, Operation | undefined>,
      }));
    this.definitions = JSON.stringify(document.components?.schemas ?? {});
  }

  /**
   * @throws Error when neither its status nor its body is as described, or when it refuses in a way that is not; whether
   *   something is there, and who may ask, is the same matter everywhere and is not looked at
   */
  async check(method: string, path: string, response: Response): Promise<void> {
    if (response.status >= 400 && !REFUSALS_OF_ROUTES.has(response.status)) return;
    const { pathname } = new URL(path, 'http://gateway');
    const route = this.routes.find(({ pattern }) => pattern.test(pathname));
    const operation = route?.item[method === 'HEAD' ? 'get' : method.toLowerCase()];
    if (operation === undefined) return;
    const what = `${method} ${pathname}: ${response.status}`;
    const described = operation.responses[String(response.status)];
    if (described === undefined) throw new Error(`${what} is not described`);
    const schema = described.content?.['application/json']?.schema;
    const isJson = response.headers.get('content-type')?.includes('application/json') ?? false;
    if (schema === undefined || !isJson || method === 'HEAD') return;
    const checked = this.schemaOf(schema).safeParse(await response.clone().json());
    if (!checked.success) throw new Error(`${what} is not as described: ${z.prettifyError(checked.error)}`);
  }

  private schemaOf(schema: object): z.ZodType {
    const known = this.schemas.get(schema);
    if (known !== undefined) return known;
    const whole = JSON.stringify(schema).replace(/\}$/, `,"$defs":${this.definitions}}`);
    const made = z.fromJSONSchema(JSON.parse(whole.replaceAll('#/components/schemas/', '#/$defs/')) as JsonSchema);
    this.schemas.set(schema, made);
    return made;
  }
}
