import type { ServiceName } from '@fiction/contracts';
import * as fc from 'fast-check';
import { pageAcross, type Page } from './service-pages';

const SERVICES: ServiceName[] = ['planner', 'world-bible', 'scene-weaver'];

/** Lists by service, cut into pages as each service likes. */
function reader(lists: number[][], size: number) {
  return async (service: ServiceName, cursor: string | undefined): Promise<Page<string>> => {
    const all = (lists[SERVICES.indexOf(service)] ?? []).map((item) => `${service}:${item}`);
    const from = Number(cursor ?? 0);
    return { items: all.slice(from, from + size), nextCursor: from + size < all.length ? String(from + size) : null };
  };
}

async function everything(read: ReturnType<typeof reader>): Promise<string[]> {
  const items: string[] = [];
  let cursor: string | undefined;
  for (let pages = 0; pages < 1_000; pages += 1) {
    const page = await pageAcross(SERVICES, cursor, read);
    items.push(...page.items);
    if (page.nextCursor === null) return items;
    cursor = page.nextCursor;
  }
  throw new Error('the list does not end');
}

describe('one list out of several', () => {
  it('has every item of every service once, in order', async () => {
    const lists = fc.array(fc.array(fc.nat(), { maxLength: 12 }), { minLength: 3, maxLength: 3 });
    await fc.assert(
      fc.asyncProperty(lists, fc.integer({ min: 1, max: 5 }), async (all, size) => {
        const expected = all.flatMap((list, index) => list.map((item) => `${SERVICES[index]}:${item}`));
        expect(await everything(reader(all, size))).toEqual(expected);
      }),
    );
  });

  it.each(['x', '', 'bm90IGpzb24', Buffer.from('["gateway",null]').toString('base64url')])(
    'refuses the cursor %j',
    async (cursor) => {
      await expect(pageAcross(SERVICES, cursor, reader([], 1))).rejects.toMatchObject({ code: 'INPUT_INVALID' });
    },
  );
});
