import { UnknownCursorError, type ServiceName } from '@fiction/contracts';
import { z } from 'zod';

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

const cursorSchema = z.tuple([z.string(), z.string().nullable()]);

/**
 * One list out of the lists of several services, one service after the other: the cursor says which service is read, and
 * how far. A page never mixes services, so it is no larger than theirs.
 */
export async function pageAcross<T>(
  services: readonly ServiceName[],
  cursor: string | undefined,
  read: (service: ServiceName, cursor: string | undefined) => Promise<Page<T>>,
): Promise<Page<T>> {
  let { index, inner } = placeOf(services, cursor);
  for (;;) {
    const service = services[index];
    if (service === undefined) return { items: [], nextCursor: null };
    const page = await read(service, inner);
    if (page.nextCursor !== null) return { items: page.items, nextCursor: encode(service, page.nextCursor) };
    index += 1;
    inner = undefined;
    const following = services[index];
    if (page.items.length > 0) {
      return { items: page.items, nextCursor: following === undefined ? null : encode(following, null) };
    }
  }
}

function encode(service: ServiceName, inner: string | null): string {
  return Buffer.from(JSON.stringify([service, inner])).toString('base64url');
}

function placeOf(services: readonly ServiceName[], cursor: string | undefined) {
  if (cursor === undefined) return { index: 0, inner: undefined };
  const [service, inner] = decode(cursor);
  const index = services.findIndex((name) => name === service);
  if (index < 0) throw new UnknownCursorError();
  return { index, inner: inner ?? undefined };
}

function decode(cursor: string): z.infer<typeof cursorSchema> {
  try {
    return cursorSchema.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
  } catch {
    throw new UnknownCursorError();
  }
}
