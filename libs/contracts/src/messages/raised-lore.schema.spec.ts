import { waives } from './raised-lore.schema';

const fact = { entry: 'Low Water', statement: 'Low Water is dry.' };

it('knows a waived contradiction by its entry and the fact in its reason, whatever follows', () => {
  expect(waives({ name: 'Low Water', why: 'Low Water is dry. – but the scene says: "It rose"' }, fact)).toBe(true);
  expect(waives({ name: 'low  water', why: 'Low Water is\ndry' }, fact)).toBe(true);
});

it('takes no other fact, and no other entry, for the one that is waived', () => {
  expect(waives({ name: 'Low Water', why: 'Low Water is deep.' }, fact)).toBe(false);
  expect(waives({ name: 'High Water', why: 'Low Water is dry.' }, fact)).toBe(false);
});

it('knows a fact again that fills the line and was cut', () => {
  const long = { entry: 'Low Water', statement: `Low Water ${'runs on and '.repeat(26)}on` };
  expect(waives({ name: 'Low Water', why: `${long.statement.slice(0, 280)}…` }, long)).toBe(true);
});
