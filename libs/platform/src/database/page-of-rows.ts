/**
 * A page out of rows of which one more was asked for than fits: that it came says that there is a next page.
 * @param cursorAfter what the next page begins after, of the last row of this one
 */
export function pageOfRows<R>(
  rows: R[],
  limit: number,
  cursorAfter: (last: R) => string,
): { page: R[]; nextCursor: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { page, nextCursor: rows.length > limit && last !== undefined ? cursorAfter(last) : null };
}
