import { DomainError, request } from '@fiction/contracts';
import { until } from '@fiction/testing';
import { Controller } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { MessagingFixture } from '../testing/messaging.fixture';
import { AnswersRequest } from './answers-request.decorator';
import { NotHeardOfYetError } from './not-heard-of-yet.error';
import { RemoteError, Requester, ServiceUnavailableError } from './requester';

const echo = request('scene-weaver', 'test.echo', {
  request: z.object({ text: z.string(), times: z.int().min(1).default(1) }),
  reply: z.object({ text: z.string() }),
});
const done = z.object({ ok: z.boolean() });
const fail = request('scene-weaver', 'test.fail', { request: z.object({ how: z.string() }), reply: done });
const hang = request('scene-weaver', 'test.hang', { request: z.object({}), reply: done }, 100);
const slow = request('scene-weaver', 'test.slow', { request: z.object({}), reply: done });
const late = request('scene-weaver', 'test.late', { request: z.object({ branch: z.string() }), reply: done });
const never = request('scene-weaver', 'test.never', { request: z.object({}), reply: done }, 2_000);
const unanswered = request('scene-weaver', 'test.unanswered', { request: z.object({}), reply: done });

const SECRET = 'postgres://user:secret@host';
let entered: () => void = () => undefined;
let proceed: Promise<void> = Promise.resolve();
const heard = new Set<string>();
/** How often each was looked for. */
const looked = new Map<string, number>();
const awaited = (name: string): Promise<unknown> => until(`${name} is awaited`, async () => looked.get(name));

function require(name: string): void {
  looked.set(name, (looked.get(name) ?? 0) + 1);
  if (!heard.has(name)) throw new NotHeardOfYetError('NOT_YET', 503, `${name} is not known here yet`);
}

@Controller()
class TestController {
  @AnswersRequest(echo)
  async echo({ text, times }: { text: string; times: number }): Promise<{ text: string }> {
    return { text: text.repeat(times) };
  }

  @AnswersRequest(fail)
  async fail({ how }: { how: string }): Promise<{ ok: boolean }> {
    if (how === 'domain') throw new DomainError('SHELF_FULL', 409, 'no room', [{ field: 'shelf', message: 'is full' }]);
    if (how === 'database') throw Object.assign(new Error(`connect ECONNREFUSED ${SECRET}`), { code: 'ECONNREFUSED' });
    throw new Error(`cannot open ${SECRET}`);
  }

  @AnswersRequest(hang)
  hang(_question: object): Promise<{ ok: boolean }> {
    return new Promise(() => undefined);
  }

  @AnswersRequest(slow)
  async slow(_question: object): Promise<{ ok: boolean }> {
    entered();
    await proceed;
    return { ok: true };
  }

  @AnswersRequest(late)
  async late({ branch }: { branch: string }): Promise<{ ok: boolean }> {
    require(branch);
    return { ok: true };
  }

  @AnswersRequest(never)
  async never(_question: object): Promise<{ ok: boolean }> {
    require('never');
    return { ok: true };
  }
}

let fixture: MessagingFixture;
let requester: Requester;
beforeAll(async () => {
  fixture = await MessagingFixture.start({ controllers: [TestController] });
  requester = new Requester({ nats: fixture.nats } as never);
});
afterAll(() => fixture.stop());

const caught = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  );

it('answers a question, its defaults filled in', async () => {
  expect(await requester.ask(echo, { text: 'tick' })).toEqual({ text: 'tick' });
});

it('names every field of a question that is not valid', async () => {
  const error = (await caught(requester.ask(echo, { text: 7, times: 0 } as never))) as RemoteError;
  expect(error).toBeInstanceOf(RemoteError);
  expect(error).toMatchObject({ code: 'INPUT_INVALID', status: 400 });
  expect(error.errors!.map((problem) => problem.field)).toEqual(['text', 'times']);
});

it('keeps code, status and field problems of an error the other service meant to tell', async () => {
  expect(await caught(requester.ask(fail, { how: 'domain' }))).toMatchObject({
    code: 'SHELF_FULL',
    status: 409,
    message: 'no room',
    errors: [{ field: 'shelf', message: 'is full' }],
  });
});

it('tells an unforeseen error as INTERNAL_ERROR, and nothing of what it said', async () => {
  const error = (await caught(requester.ask(fail, { how: 'bug' }))) as RemoteError;
  expect(error).toMatchObject({ code: 'INTERNAL_ERROR', status: 500 });
  expect(error.message).not.toContain('secret');
});

it('tells a database that is away as a service that is not available', async () => {
  const error = (await caught(requester.ask(fail, { how: 'database' }))) as RemoteError;
  expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE', status: 503 });
  expect(error.message).not.toContain('secret');
});

it('ends the waiting for an answer that does not come', async () => {
  const error = await caught(requester.ask(hang, {}));
  expect(error).toBeInstanceOf(ServiceUnavailableError);
  expect(error).toMatchObject({ code: 'SERVICE_UNAVAILABLE', message: expect.stringContaining('within 100 ms') });
});

it('tells at once that nobody answers', async () => {
  const error = await caught(requester.ask(unanswered, {}));
  expect(error).toBeInstanceOf(ServiceUnavailableError);
  expect(error).toMatchObject({ message: expect.stringContaining('nobody answers') });
});

it('carries a reply that is larger than what the bus carries', async () => {
  const { text } = await requester.ask(echo, { text: 'The tide — “again”. '.repeat(50), times: 2000 });
  expect(text).toBe('The tide — “again”. '.repeat(100_000));
});

it('says that a reply is too large, and goes on answering', async () => {
  const error = await caught(requester.ask(echo, { text: randomBytes(300_000).toString('base64'), times: 4 }));
  expect(error).toMatchObject({ code: 'REPLY_TOO_LARGE' });
  expect(await requester.ask(echo, { text: 'still here' })).toEqual({ text: 'still here' });
});

it('says that a question is too large', async () => {
  const error = await caught(requester.ask(echo, { text: 'x'.repeat(2_000_000) }));
  expect(error).toMatchObject({ code: 'REQUEST_TOO_LARGE', status: 413 });
  expect((error as Error).message).toMatch(
    /^The request is too large .*: 2000\d{3} bytes of at most 1048576\. Shorten it\.$/,
  );
});

it.each(['not JSON', 'null', '7', '', '{"id": "x"}'])('survives %p in place of a question', async (rubbish) => {
  fixture.nats.publish(echo.subject, rubbish);
  const reply = await fixture.nats.request(echo.subject, rubbish, { timeout: 2_000 });
  expect(reply.json()).toMatchObject({ err: { code: 'INPUT_INVALID' } });
  expect(await requester.ask(echo, { text: 'still here' })).toEqual({ text: 'still here' });
});

it('answers what it hears of while it is asked, and once that is known at the first try', async () => {
  const answers = Promise.all([requester.ask(late, { branch: 'alt' }), requester.ask(late, { branch: 'alt' })]);
  await awaited('alt');
  heard.add('alt');
  expect(await answers).toEqual([{ ok: true }, { ok: true }]);
  const before = looked.get('alt')!;
  expect(await requester.ask(late, { branch: 'alt' })).toEqual({ ok: true });
  expect(looked.get('alt')).toBe(before + 1);
});

it('says in time that word has not come, after it has looked again', async () => {
  expect(await caught(requester.ask(never, {}))).toMatchObject({ code: 'NOT_YET', status: 503 });
  // After pauses of 10, 20, 40 and 80 ms and four of 160; one more would be too long.
  expect(looked.get('never')).toBe(9);
});

it('answers the questions it has when it ends, and takes no more', async () => {
  const replica = await fixture.addReplica();
  await fixture.replicas.shift()!.close();
  let open!: () => void;
  proceed = new Promise((resolve) => (open = resolve));
  const begun = new Promise<void>((resolve) => (entered = resolve));
  const answer = requester.ask(slow, {});
  await begun;
  const closed = replica.close();
  expect(await caught(requesterFails())).toBeInstanceOf(ServiceUnavailableError);
  open();
  expect(await answer).toEqual({ ok: true });
  await closed;
  await fixture.addReplica();
  fixture.replicas.shift();

  /** Asks until the ending replica takes no more. */
  async function requesterFails(): Promise<void> {
    for (let tries = 0; tries < 1_000; tries += 1) await requester.ask(echo, { text: 'anybody?' });
  }
});
