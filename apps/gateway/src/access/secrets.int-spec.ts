import { readPlan } from '@fiction/contracts';
import { Database } from '@fiction/platform';
import { until } from '@fiction/testing';
import type { LoggerService } from '@nestjs/common';
import type { OpenAPIObject } from '@nestjs/swagger';
import { ADMIN_TOKEN, startGateway, type TestGateway } from '../gateway.fixture';
import { hashOf } from '../tokens/token-secret';

/** A token as whoever starts the system may choose it. */
const CHOSEN = '9b1c77d0a5f84e3c8b6d0e2f4a6c8e0f1b3d5f7a9c0e2d4f';
const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const;

let gateway: TestGateway;
const lines: string[] = [];
beforeAll(async () => {
  gateway = await startGateway();
  const write = (...parts: unknown[]) => void lines.push(parts.map((part) => inFull(part)).join(' '));
  const log: LoggerService = { log: write, error: write, warn: write, debug: write, verbose: write, fatal: write };
  gateway.app.useLogger(log);
});
afterAll(() => gateway.stop());

it('no token and no hash of one is in an answer, a log line or the audit trail, wherever a caller puts them', async () => {
  await gateway.tokens.enthrone('chosen', 'chosen', 'admin', CHOSEN);
  const { token } = await gateway.issue({ name: 'wandering', role: 'admin' });
  const wrong = 'fw_wrong-token-0123456789';
  gateway.services.on(readPlan, ({ planId }) => {
    throw new Error(`no place for ${planId}`);
  });
  const answers: string[] = [];
  for (const secret of [token, CHOSEN, wrong]) {
    for (const { method, path } of await everyRoute()) {
      const address = path.replaceAll(/\{\w+\}/g, secret);
      for (const query of ['', `?${secret}=1`, `?cursor=${secret}`]) {
        const response = await gateway.call(`${address}${query}`, {
          method,
          token: secret,
          headers: { 'content-type': 'application/json', 'x-correlation-id': secret, 'idempotency-key': `a ${secret}` },
          ...(method !== 'GET' && { body: JSON.stringify({ [secret]: secret, name: secret, role: secret }) }),
        });
        answers.push(`${[...response.headers].join('\n')}\n${await response.text()}`);
      }
    }
  }
  await until('every token is noted as used', async () => (await unused()) === 0);
  const sql = `SELECT json_agg(outbox)::text AS text FROM outbox`;
  const [outbox] = await gateway.app.get(Database).query<{ text: string }>(sql);
  expect(lines.join('\n')).toContain('no place for');
  expect(outbox!.text).toContain('wandering');
  for (const secret of [token, CHOSEN, wrong, ADMIN_TOKEN].flatMap((one) => [one, hashOf(one)])) {
    for (const line of [...answers, ...lines, outbox!.text]) expect(line).not.toContain(secret);
  }
});

async function everyRoute(): Promise<{ method: string; path: string }[]> {
  const document = (await (await gateway.call('/api/openapi.json', { token: null })).json()) as OpenAPIObject;
  return Object.entries(document.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method] !== undefined).map((method) => ({ method: method.toUpperCase(), path })),
  );
}

async function unused(): Promise<number> {
  const sql = `SELECT 1 FROM access_tokens WHERE last_used_at IS NULL AND id <> 'bootstrap'`;
  return (await gateway.app.get(Database).query(sql)).length;
}

function inFull(part: unknown): string {
  if (part instanceof Error) return part.stack ?? part.message;
  return typeof part === 'string' ? part : JSON.stringify(part);
}
