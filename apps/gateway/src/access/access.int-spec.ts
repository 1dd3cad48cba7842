import { Controller, Get } from '@nestjs/common';
import { DiscoveryService, Reflector } from '@nestjs/core';
import type { OpenAPIObject } from '@nestjs/swagger';
import { Database } from '@fiction/platform';
import { ADMIN_TOKEN, startGateway, type TestGateway } from '../gateway.fixture';
import { RouteRolesCheck } from './route-roles.check';

let gateway: TestGateway;
beforeAll(async () => (gateway = await startGateway()));
afterAll(() => gateway.stop());

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

async function everyRoute(): Promise<{ method: string; path: string }[]> {
  const document = (await (await gateway.call('/api/openapi.json', { token: null })).json()) as OpenAPIObject;
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method] !== undefined).map((method) => ({
      method: method.toUpperCase(),
      path: path.replaceAll(/\{\w+\}/g, 'x'),
    })),
  );
}

describe('without a good token', () => {
  it('every route of the API answers 401 with a problem, and asks nobody anything', async () => {
    const routes = await everyRoute();
    expect(routes.length).toBeGreaterThan(14);
    for (const { method, path } of routes) {
      for (const token of [null, 'fw_wrong', `${ADMIN_TOKEN}x`]) {
        const response = await gateway.call(path, { method, token });
        expect({ method, path, status: response.status }).toEqual({ method, path, status: 401 });
        expect(response.headers.get('www-authenticate')).toMatch(/^Bearer realm=/);
        expect(response.headers.get('content-type')).toBe('application/problem+json');
        expect(await response.json()).toMatchObject({ code: token === null ? 'TOKEN_MISSING' : 'TOKEN_INVALID' });
      }
    }
    expect(gateway.services.asked).toEqual([]);
  });

  it.each(['/api', '/api/nothing', '/api/docs-jsonx', '/api/docs/../fiction/plans', '/console', '/metrics/'])(
    'not even whether there is a %s is told',
    async (path) => expect((await gateway.call(path, { token: null })).status).toBe(401),
  );

  it('a large body is not read', async () => {
    const body = 'x'.repeat(5_000_000);
    const headers = { 'content-type': 'text/markdown' };
    const response = await gateway.call('/api/fiction/plans', { method: 'POST', token: null, body, headers });
    expect(response.status).toBe(401);
  });

  it('the header must be a bearer token', async () => {
    for (const authorization of ['', 'Bearer', 'Bearer  ', `Basic ${ADMIN_TOKEN}`, ADMIN_TOKEN, 'Bearer a b']) {
      const response = await gateway.call('/api/fiction/plans', { token: null, headers: { authorization } });
      expect({ authorization, status: response.status }).toEqual({ authorization, status: 401 });
    }
  });

  it.each(['/healthz', '/readyz', '/api/docs', '/api/docs/swagger-ui.css', '/api/docs-json', '/api/openapi.json'])(
    '%s answers',
    async (path) => expect((await gateway.call(path, { token: null })).status).toBe(200),
  );

  it('metrics are for this machine, and not for who comes through a proxy on it', async () => {
    expect((await gateway.call('/metrics', { token: null })).status).toBe(200);
    const proxied = await gateway.call('/metrics', { token: null, headers: { 'x-forwarded-for': '203.0.113.7' } });
    expect(proxied.status).toBe(401);
    const viewer = await gateway.tokenOf('viewer');
    const scraped = await gateway.call('/metrics', { token: viewer, headers: { 'x-forwarded-for': '203.0.113.7' } });
    expect(scraped.status).toBe(200);
  });
});

describe('a token', () => {
  it('is stored as its hash alone', async () => {
    const token = await gateway.tokenOf('viewer');
    const rows = await gateway.app.get(Database).query('SELECT * FROM access_tokens');
    expect(rows.length).toBeGreaterThan(1);
    expect(JSON.stringify(rows)).not.toContain(token);
    expect(JSON.stringify(rows)).not.toContain(ADMIN_TOKEN);
  });

  it('has 256 random bits', async () => {
    const tokens = await Promise.all([gateway.tokenOf('viewer'), gateway.tokenOf('viewer')]);
    expect(new Set(tokens).size).toBe(2);
    for (const token of tokens) expect(Buffer.from(token.slice(3), 'base64url')).toHaveLength(32);
  });

  it('that has expired or is revoked is good no longer', async () => {
    const past = new Date(Date.now() - 1000).toISOString();
    const expired = await gateway.issue({ name: 'e', role: 'admin', expiresAt: past });
    expect((await gateway.call('/api/fiction/plans', { token: expired.token })).status).toBe(401);
    const revoked = await gateway.issue({ name: 'r', role: 'admin' });
    await gateway.app.get(Database).query('UPDATE access_tokens SET revoked_at = now() WHERE id = $1', [revoked.id]);
    expect((await gateway.call('/api/fiction/plans', { token: revoked.token })).status).toBe(401);
  });

  it('of the start replaces the one of the start before', async () => {
    await gateway.tokens.enthrone('other', 'other', 'viewer', 'first-token-0123456789');
    await gateway.tokens.enthrone('other', 'other', 'viewer', 'second-token-0123456789');
    await expect(gateway.tokens.authenticate('first-token-0123456789')).rejects.toThrow('unknown, expired or revoked');
    await expect(gateway.tokens.authenticate('second-token-0123456789')).resolves.toMatchObject({ role: 'viewer' });
  });

  it('of too small a role is refused with what is needed', async () => {
    const token = await gateway.tokenOf('viewer');
    const post = await gateway.call('/api/fiction/plans', { method: 'POST', token });
    expect(post.status).toBe(403);
    expect(await post.json()).toMatchObject({ code: 'ROLE_INSUFFICIENT' });
    const writer = await gateway.tokenOf('writer');
    expect((await gateway.call('/api/fiction/dead-letters', { token: writer })).status).toBe(403);
    expect((await gateway.call('/api/fiction/plans', { method: 'POST', token: writer })).status).toBe(415);
  });
});

describe('a route without a role', () => {
  it('fails the start', () => {
    @Controller('stray')
    class StrayController {
      @Get()
      open(): string {
        return 'open';
      }
    }
    const discovery = { getControllers: () => [{ metatype: StrayController }] } as unknown as DiscoveryService;
    const check = new RouteRolesCheck(discovery, new Reflector());
    expect(() => check.onApplicationBootstrap()).toThrow('StrayController.open');
  });
});
