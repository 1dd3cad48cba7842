/** Size at which an answer ends: well below what the bus carries, in bytes. */
const MOST_BYTES = 600_000;

/** The first of the items, as many as fit into one answer; always at least one. */
export function upToSize<T>(items: readonly T[]): T[] {
  let bytes = 0;
  const fits = items.findIndex((item) => {
    bytes += Buffer.byteLength(JSON.stringify(item));
    return bytes > MOST_BYTES;
  });
  return fits === -1 ? [...items] : items.slice(0, Math.max(1, fits));
}
