import { listAccepted, NotFoundError, readColophon } from '@fiction/contracts';
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { startGateway, type TestGateway } from '../gateway.fixture';
import { teachBook } from './book/book.fixture';

let gateway: TestGateway;
beforeAll(async () => (gateway = await startGateway()));
afterAll(() => gateway.stop());
beforeEach(() => gateway.services.clear());

const PATH = '/api/fiction/plans/p/manuscript';

describe('GET …/manuscript', () => {
  it('is a Markdown file named after the book', async () => {
    teachBook(gateway.services, { chapters: 2, scenesPerChapter: 2 });
    const response = await gateway.call(PATH);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/markdown; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe(
      `attachment; filename="the-salt-clock.md"; filename*=UTF-8''The%20Salt%20Clock.md`,
    );
    expect(response.headers.get('x-fiction-complete')).toBe('true');
    const body = await response.text();
    expect(response.headers.get('content-length')).toBe(String(Buffer.byteLength(body)));
    expect(body).toContain('## Chapter 2: Tide 2');
  });

  it('is JSON when that is asked for', async () => {
    teachBook(gateway.services, { chapters: 1, scenesPerChapter: 1 });
    const response = await gateway.call(`${PATH}?format=json&branch=alt-beta`);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(await response.json()).toMatchObject({ source: { planId: 'p', branch: 'alt-beta' }, complete: true });
  });

  it('says when it is not complete', async () => {
    teachBook(gateway.services, { chapters: 1, scenesPerChapter: 1, prose: () => undefined });
    const response = await gateway.call(PATH);
    expect(response.status).toBe(200);
    expect(response.headers.get('x-fiction-complete')).toBe('false');
  });

  it('is not sent again to who has it, and is when it has changed', async () => {
    teachBook(gateway.services, { chapters: 1, scenesPerChapter: 2 });
    const etag = (await gateway.call(PATH)).headers.get('etag') ?? '';
    expect(etag).toMatch(/^"[\w-]{43}"$/);
    const again = await gateway.call(PATH, { headers: { 'if-none-match': etag } });
    expect(again.status).toBe(304);
    teachBook(gateway.services, { chapters: 1, scenesPerChapter: 2, prose: () => 'Other prose.' });
    expect((await gateway.call(PATH, { headers: { 'if-none-match': etag } })).status).toBe(200);
  });

  it('is answered to HEAD without its body', async () => {
    teachBook(gateway.services, { chapters: 1, scenesPerChapter: 1 });
    const response = await gateway.call(PATH, { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(Number(response.headers.get('content-length'))).toBeGreaterThan(100);
  });

  it('that breaks off in the making is a problem and never half a book', async () => {
    teachBook(gateway.services, { chapters: 30, scenesPerChapter: 3 });
    let pages = 0;
    gateway.services.on(listAccepted, () => {
      pages += 1;
      if (pages > 1) throw new Error('gone');
      return { items: [], nextCursor: '1' };
    });
    const response = await gateway.call(PATH);
    expect(response.status).toBe(500);
    expect(await response.json()).toMatchObject({ code: 'INTERNAL_ERROR' });
  });

  it('of no plan is 404, and an unknown format 400', async () => {
    gateway.services.on(readColophon, ({ planId }) => {
      throw new NotFoundError('plan', planId);
    });
    expect((await gateway.call(PATH)).status).toBe(404);
    const response = await gateway.call(`${PATH}?format=pdf`);
    expect(await response.json()).toMatchObject({ code: 'INPUT_INVALID', errors: [{ field: 'format' }] });
  });

  it('of 5,000 scenes comes whole and leaves no file behind, read to its end or not', async () => {
    const prose = (chapter: number, scene: number) => `Scene ${chapter}.${scene}. ${'word '.repeat(800)}`;
    teachBook(gateway.services, { chapters: 250, scenesPerChapter: 20, pageSize: 100, prose: () => undefined });
    const before = await exports();
    const response = await gateway.call(PATH);
    expect(response.status).toBe(200);
    await response.body?.cancel();
    teachBook(gateway.services, { chapters: 250, scenesPerChapter: 20, pageSize: 100, prose });
    const book = await (await gateway.call(PATH)).text();
    expect(book.length).toBeGreaterThan(20_000_000);
    expect(book.match(/^## Chapter /gm)).toHaveLength(250);
    expect(await exports()).toEqual(before);
  });
});

async function exports(): Promise<string[]> {
  return (await readdir(tmpdir())).filter((name) => name.startsWith('fiction-export-'));
}
