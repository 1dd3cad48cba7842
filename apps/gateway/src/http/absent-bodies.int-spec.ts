import { ALL_REQUESTS, chooseBranch, NotFoundError } from '@fiction/contracts';
import type { OpenAPIObject } from '@nestjs/swagger';
import { startGateway, type TestGateway } from '../gateway.fixture';

interface JsonRoute {
  method: string;
  path: string;
  /** Fields of the body that there must be. */
  required: string[];
  isBodyRequired: boolean;
  statuses: string[];
}
type Operation = {
  requestBody?: { required?: boolean; content: Record<string, { schema: { $ref?: string } }> };
  responses: object;
};

let gateway: TestGateway;
let routes: JsonRoute[];
beforeAll(async () => {
  gateway = await startGateway();
  const { paths, components } = (await (await gateway.call('/api/openapi.json')).json()) as OpenAPIObject;
  routes = Object.entries(paths).flatMap(([pattern, item]) =>
    (['post', 'put', 'patch', 'delete'] as const).flatMap((method) => {
      const operation = item[method] as Operation | undefined;
      const name = operation?.requestBody?.content['application/json']?.schema.$ref?.split('/').at(-1);
      if (operation === undefined || name === undefined) return [];
      const { required = [] } = components!.schemas![name] as { required?: string[] };
      const isBodyRequired = operation.requestBody!.required ?? false;
      const statuses = Object.keys(operation.responses);
      const path = pattern.replace('{planId}', 'p').replaceAll(/\{\w+\}/g, 'p@main:x');
      return [{ method: method.toUpperCase(), path, required, isBodyRequired, statuses }];
    }),
  );
  for (const contract of ALL_REQUESTS) {
    gateway.services.on(contract, () => {
      throw new NotFoundError('thing', 'x');
    });
  }
  gateway.services.on(chooseBranch, ({ branch = 'main' }) => ({ branch }));
});
afterAll(() => gateway.stop());

async function answer({ method, path }: JsonRoute, init: { headers?: Record<string, string>; body?: Buffer } = {}) {
  const response = await gateway.call(path, { method, ...init });
  const problem = (await response.json()) as { code: string; errors?: { field: string }[] };
  const fields = problem.errors?.map(({ field }) => field).sort() ?? [];
  return { status: response.status, code: problem.code, fields, accept: response.headers.get('accept-post') };
}

it('no body at all is as good as an empty one, wherever nothing is required', async () => {
  const optional = routes.filter(({ required }) => required.length === 0);
  expect(optional.map(({ path }) => path.split('/').at(-1))).toEqual(
    expect.arrayContaining(['resume', 'lock', 'unlock', 'fulfill', 'approve', 'acknowledge', 'retract']),
  );
  for (const route of optional) {
    const { path, isBodyRequired } = route;
    const empty = { headers: { 'content-type': 'application/json' }, body: Buffer.from('{}') };
    const expected = await answer(route, empty);
    expect({ path, isBodyRequired, status: expected.status }).toEqual({ path, isBodyRequired: false, status: 404 });
    expect({ path, ...(await answer(route)) }).toEqual({ path, ...expected });
  }
});

it('where something is required, what is missing is named', async () => {
  const demanding = routes.filter(({ required }) => required.length > 0);
  expect(demanding.length).toBeGreaterThan(10);
  for (const route of demanding) {
    const { path, isBodyRequired, required } = route;
    const { status, code, fields } = await answer(route);
    const seen = { path, isBodyRequired, status, code, fields };
    expect(seen).toEqual({
      path,
      isBodyRequired: true,
      status: 400,
      code: 'INPUT_INVALID',
      fields: required.toSorted(),
    });
  }
});

it('a body that is not said to be JSON is refused for that, wherever JSON is read', async () => {
  const body = Buffer.from('{"note":"n"}');
  for (const route of routes) {
    const { path } = route;
    expect({ path, said: route.statuses.includes('415') }).toEqual({ path, said: true });
    for (const type of [undefined, 'text/plain', 'application/x-www-form-urlencoded']) {
      const headers = { ...(type !== undefined && { 'content-type': type }) };
      const { status, code, accept } = await answer(route, { headers, body });
      const expected = { path, type, status: 415, code: 'UNSUPPORTED_MEDIA_TYPE', accept: 'application/json' };
      expect({ path, type, status, code, accept }).toEqual(expected);
    }
  }
});
