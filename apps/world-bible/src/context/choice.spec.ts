import fc from 'fast-check';
import { indexEntry } from '../bible/bible-entry';
import { findRelevant } from '../entries/relevance';
import { entry } from '../testing/entry.builder';
import { fitBudget, sizeOf } from './fit-budget';

const NAMES = ['Ada Quill', 'Tobias Marsh', 'The Salt Clock', 'Brine Harbour', 'The Office', 'Low Water', 'Marsh'];

const anyEntries = fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 1 }).chain((names) =>
  fc.tuple(
    ...names.map((name) =>
      fc.record({ to: fc.constantFrom(...NAMES), facts: fc.integer({ min: 1, max: 12 }) }).map(({ to, facts }) =>
        indexEntry(
          entry(name, {
            relations: [{ to, kind: 'near' }],
            facts: Array.from({ length: facts }, (_, n) => ({
              statement: `${name} was seen ${n} times.`,
              from: `0.${n}`,
              until: null,
            })),
          }),
        ),
      ),
    ),
  ),
);
const anyTexts = fc.array(fc.constantFrom(...NAMES, 'Ada meets Tobias Marsh at Low Water.', 'nobody'), {
  maxLength: 4,
});

function choose(entries: Parameters<typeof findRelevant>[0], texts: string[], budgetTokens: number) {
  const { mentioned, related } = findRelevant(entries, texts);
  return fitBudget(
    [...mentioned, ...related].map((one, n) => ({ entry: one, facts: one.facts, essential: n < mentioned.length })),
    budgetTokens,
  ).map(({ context }) => context);
}

it('chooses the same entries in the same order, however they are given', () => {
  fc.assert(
    fc.property(anyEntries, anyTexts, fc.integer({ min: 50, max: 800 }), fc.nat(), (entries, texts, budget, turn) => {
      const others = [...entries.slice(turn % entries.length), ...entries.slice(0, turn % entries.length)].reverse();
      expect(choose(others, texts, budget)).toEqual(choose(entries, texts, budget));
    }),
  );
});

it('never exceeds the budget, and gives up old facts before an entry that is mentioned', () => {
  fc.assert(
    fc.property(anyEntries, anyTexts, fc.integer({ min: 50, max: 800 }), (entries, texts, budget) => {
      const chosen = choose(entries, texts, budget);
      expect(chosen.reduce((sum, one) => sum + sizeOf(one), 0)).toBeLessThanOrEqual(budget * 4);
      for (const { name, facts } of chosen) {
        const all = entries.find((one) => one.name === name)!.facts.map((fact) => fact.statement);
        expect(all.slice(all.length - facts.length)).toEqual(facts.map((fact) => fact.statement));
      }
    }),
  );
});

it('puts what is mentioned first, in the order of mention, and what is related after it', () => {
  const entries = [
    entry('Ada Quill', { relations: [{ to: 'the office', kind: 'works for' }] }),
    entry('Tobias Marsh'),
    entry('The Office', { type: 'faction' }),
    entry('Low Water', { type: 'location', relations: [{ to: 'Tobias Marsh', kind: 'home of' }] }),
    entry('The Salt Clock', { type: 'object' }),
  ].map(indexEntry);
  const { mentioned, related } = findRelevant(entries, ['Tobias Marsh', 'is seen by Ada Quill']);
  expect(mentioned.map((one) => one.name)).toEqual(['Tobias Marsh', 'Ada Quill']);
  expect(related.map((one) => one.name)).toEqual(['Low Water', 'The Office']);
});
