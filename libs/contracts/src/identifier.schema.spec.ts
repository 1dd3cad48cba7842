import { listScenes, readPlan } from './messages';
import { identifierSchema } from './identifier.schema';

it.each(['plan-1', 'fiction:scene:p-c001-s01@alt', '塩の時計', 'a b'])('%j is an identifier', (id) => {
  expect(identifierSchema.safeParse(id).success).toBe(true);
});

it.each(['', 'a\u0000b', 'a\nb', '\u007f', 'x'.repeat(301)])('%j is none', (id) => {
  expect(identifierSchema.safeParse(id).success).toBe(false);
  expect(readPlan.request.safeParse({ planId: id }).success).toBe(false);
});

it('no request asks for a chapter that PostgreSQL could not compare', () => {
  expect(listScenes.request.safeParse({ planId: 'p', chapter: 2_147_483_648 }).success).toBe(false);
  expect(listScenes.request.safeParse({ planId: 'p', chapter: 2_147_483_647 }).success).toBe(true);
});
