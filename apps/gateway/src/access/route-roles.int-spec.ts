import type { OpenAPIObject } from '@nestjs/swagger';
import { startGateway, type TestGateway } from '../gateway.fixture';
import { REQUIRED_ROLE_EXTENSION } from './requires-role.decorator';
import { allows, ROLES, type Role } from './roles';

/** Every route and the least role that may use it; who changes one changes it here as well, knowingly. */
const ROUTES: Record<string, Role> = {
  'GET /api/access/audit': 'admin',
  'GET /api/access/tokens': 'admin',
  'POST /api/access/tokens': 'admin',
  'POST /api/access/tokens/{tokenId}/revoke': 'admin',
  'GET /api/fiction/alerts': 'viewer',
  'GET /api/fiction/alerts/{alertId}': 'viewer',
  'POST /api/fiction/alerts/{alertId}/acknowledge': 'operator',
  'POST /api/fiction/alerts/{alertId}/resolve': 'operator',
  'GET /api/fiction/dead-letters': 'operator',
  'POST /api/fiction/dead-letters/{service}/{letterId}/retry': 'operator',
  'GET /api/fiction/plans': 'viewer',
  'POST /api/fiction/plans': 'writer',
  'GET /api/fiction/plans/{planId}': 'viewer',
  'GET /api/fiction/plans/{planId}/backlog': 'viewer',
  'GET /api/fiction/plans/{planId}/backlog/actions': 'viewer',
  'GET /api/fiction/plans/{planId}/backlog/{itemId}': 'viewer',
  'POST /api/fiction/plans/{planId}/backlog/{itemId}/cancel': 'operator',
  'POST /api/fiction/plans/{planId}/backlog/{itemId}/resume': 'operator',
  'GET /api/fiction/plans/{planId}/blueprints': 'viewer',
  'GET /api/fiction/plans/{planId}/branches': 'viewer',
  'POST /api/fiction/plans/{planId}/branches': 'writer',
  'GET /api/fiction/plans/{planId}/branches/compare': 'viewer',
  'GET /api/fiction/plans/{planId}/branches/compare/scene': 'viewer',
  'POST /api/fiction/plans/{planId}/branches/{branch}/adopt': 'operator',
  'POST /api/fiction/plans/{planId}/branches/{branch}/archive': 'operator',
  'POST /api/fiction/plans/{planId}/branches/{branch}/cancel': 'operator',
  'GET /api/fiction/plans/{planId}/drift': 'viewer',
  'GET /api/fiction/plans/{planId}/drift/{personaId}': 'viewer',
  'GET /api/fiction/plans/{planId}/events': 'viewer',
  'GET /api/fiction/plans/{planId}/checkpoints': 'viewer',
  'GET /api/fiction/plans/{planId}/graph': 'viewer',
  'GET /api/fiction/plans/{planId}/lore': 'viewer',
  'POST /api/fiction/plans/{planId}/lore': 'writer',
  'GET /api/fiction/plans/{planId}/lore/summary': 'viewer',
  'GET /api/fiction/plans/{planId}/lore/{requirementId}': 'viewer',
  'POST /api/fiction/plans/{planId}/lore/{requirementId}/approve': 'operator',
  'POST /api/fiction/plans/{planId}/lore/{requirementId}/fulfill': 'writer',
  'POST /api/fiction/plans/{planId}/lore/{requirementId}/reject': 'operator',
  'POST /api/fiction/plans/{planId}/lore/{requirementId}/waive': 'writer',
  'GET /api/fiction/plans/{planId}/manuscript': 'viewer',
  'GET /api/fiction/plans/{planId}/obligations': 'viewer',
  'POST /api/fiction/plans/{planId}/obligations': 'writer',
  'GET /api/fiction/plans/{planId}/obligations/{obligationId}': 'viewer',
  'POST /api/fiction/plans/{planId}/obligations/{obligationId}/annotate': 'writer',
  'POST /api/fiction/plans/{planId}/obligations/{obligationId}/dismiss': 'writer',
  'POST /api/fiction/plans/{planId}/obligations/{obligationId}/reopen': 'writer',
  'POST /api/fiction/plans/{planId}/obligations/{obligationId}/resolve': 'writer',
  'GET /api/fiction/plans/{planId}/passes': 'viewer',
  'GET /api/fiction/plans/{planId}/personas': 'viewer',
  'GET /api/fiction/plans/{planId}/personas/{personaId}': 'viewer',
  'PATCH /api/fiction/plans/{planId}/personas/{personaId}': 'writer',
  'GET /api/fiction/plans/{planId}/personas/{personaId}/memories': 'viewer',
  'POST /api/fiction/plans/{planId}/personas/{personaId}/memories': 'writer',
  'POST /api/fiction/plans/{planId}/personas/{personaId}/memories/{memoryId}/retract': 'writer',
  'GET /api/fiction/plans/{planId}/personas/{personaId}/notes': 'viewer',
  'POST /api/fiction/plans/{planId}/personas/{personaId}/notes': 'writer',
  'POST /api/fiction/plans/{planId}/pause': 'operator',
  'POST /api/fiction/plans/{planId}/resume': 'operator',
  'GET /api/fiction/plans/{planId}/roster': 'viewer',
  'GET /api/fiction/plans/{planId}/scenes': 'viewer',
  'GET /api/fiction/plans/{planId}/scenes/{sceneId}': 'viewer',
  'GET /api/fiction/plans/{planId}/scenes/{sceneId}/drafts': 'viewer',
  'GET /api/fiction/plans/{planId}/scrolls': 'viewer',
  'GET /api/fiction/plans/{planId}/transcripts': 'viewer',
  'GET /api/fiction/plans/{planId}/world-bible': 'viewer',
  'POST /api/fiction/plans/{planId}/world-bible': 'writer',
  'GET /api/fiction/plans/{planId}/world-bible/deltas': 'viewer',
  'GET /api/fiction/plans/{planId}/world-bible/mentions': 'viewer',
  'GET /api/fiction/plans/{planId}/world-bible/{entryId}': 'viewer',
  'POST /api/fiction/plans/{planId}/world-bible/{entryId}/lock': 'writer',
  'POST /api/fiction/plans/{planId}/world-bible/{entryId}/unlock': 'writer',
  'POST /api/fiction/plans/{planId}/world-bible/{entryId}/versions': 'writer',
};

interface Route {
  name: string;
  method: string;
  path: string;
  role: Role;
  description: string;
}
type Operation = { description?: string; [REQUIRED_ROLE_EXTENSION]?: Role };

const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace'] as const;

let gateway: TestGateway;
let routes: Route[];
beforeAll(async () => {
  gateway = await startGateway();
  const document = (await (await gateway.call('/api/openapi.json', { token: null })).json()) as OpenAPIObject;
  routes = Object.entries(document.paths).flatMap(([pattern, item]) =>
    METHODS.flatMap((method) => {
      const operation = item[method] as Operation | undefined;
      if (operation === undefined) return [];
      const { description = '', [REQUIRED_ROLE_EXTENSION]: role } = operation;
      const name = `${method.toUpperCase()} ${pattern}`;
      const path = pattern.replaceAll(/\{\w+\}/g, 'x');
      return [{ name, method: method.toUpperCase(), path, role: role!, description }];
    }),
  );
});
afterAll(() => gateway.stop());

/** Status and code of what a route answers to a token. */
async function answer({ method, path }: Route, token: string | null) {
  const response = await gateway.call(path, { method, token });
  const { code } = (await response.json()) as { code?: string };
  return { status: response.status, code };
}

it('every route says in the description of the API which role it needs, and it is the one agreed on', () => {
  expect(Object.fromEntries(routes.map(({ name, role }) => [name, role]))).toEqual(ROUTES);
  for (const { role, description } of routes) expect(description).toContain(`Needs the role \`${role}\``);
});

it.each([
  ['no', async () => null, 'TOKEN_MISSING'],
  ['a wrong', async () => 'fw_wrong-token-wrong-token', 'TOKEN_INVALID'],
  ['a revoked', async () => revoked(), 'TOKEN_INVALID'],
  ['an expired', async () => expired(), 'TOKEN_INVALID'],
])('with %s token every route answers 401', async (_name, tokenOf, code) => {
  const token = await tokenOf();
  for (const route of routes) {
    expect({ route: route.name, ...(await answer(route, token)) }).toEqual({ route: route.name, status: 401, code });
  }
});

it.each(ROLES)('the role %s opens the routes it is enough for, and no other', async (held) => {
  const token = await gateway.tokenOf(held);
  for (const route of routes) {
    const { status, code } = await answer(route, token);
    if (allows(held, route.role)) {
      expect([401, 403]).not.toContain(status);
    } else {
      expect({ route: route.name, status, code }).toEqual({
        route: route.name,
        status: 403,
        code: 'ROLE_INSUFFICIENT',
      });
    }
  }
});

async function revoked(): Promise<string> {
  const { id, token } = await gateway.issue({ name: 'revoked', role: 'admin' });
  await gateway.register.revoke(id);
  return token;
}

async function expired(): Promise<string> {
  const expiresAt = new Date(Date.now() - 1).toISOString();
  return (await gateway.issue({ name: 'expired', role: 'admin', expiresAt })).token;
}
