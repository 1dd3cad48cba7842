import { pageOfRows } from './page-of-rows';

const page = (rows: number[], limit: number) => pageOfRows(rows, limit, String);

it('has a next page exactly when there was one row more than fits', () => {
  expect(page([], 2)).toEqual({ page: [], nextCursor: null });
  expect(page([1, 2], 2)).toEqual({ page: [1, 2], nextCursor: null });
  expect(page([1, 2, 3], 2)).toEqual({ page: [1, 2], nextCursor: '2' });
});
