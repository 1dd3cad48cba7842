import { briefSchema } from '../brief/brief.schema';
import { fieldProblems } from '../errors';
import { plainWords } from './plain-words';

const told = (fields: Record<string, unknown>): Record<string, string> => {
  const parsed = briefSchema.safeParse({ title: 'T', author: 'A', text: 'P', ...fields }, { error: plainWords });
  return Object.fromEntries(fieldProblems(parsed.error!).map(({ field, message }) => [field, message]));
};

it.each([
  [{ title: 1984 }, 'title', 'must be text: put it in quotes'],
  [{ title: undefined }, 'title', 'is missing'],
  [{ title: ['a'] }, 'title', 'must be text'],
  [{ author: '' }, 'author', 'must not be empty'],
  [{ tone: 'x'.repeat(301) }, 'tone', 'must have at most 300 characters'],
  [{ genre: 'mystery' }, 'genre', 'must be a list'],
  [{ genre: [] }, 'genre', 'must not be empty'],
  [{ cast: Array(25).fill({ name: 'A' }) }, 'cast', 'must have at most 24 items'],
  [{ chapters: 0 }, 'chapters', 'must be at least 1'],
  [{ chapters: '3' }, 'chapters', 'must be a number, without quotes'],
  [{ chapters: 'three' }, 'chapters', 'must be a number'],
  [{ chapters: '' }, 'chapters', 'must be a number'],
  [{ chapters: 2.5 }, 'chapters', 'must be a whole number'],
  [{ chapters: null }, 'chapters', 'has no value'],
  [{ targetWords: 9_000_000 }, 'targetWords', 'must be at most 5,000,000'],
  [{ pov: 'second' }, 'pov', 'must be first, third-limited or third-omniscient'],
  [{ bindings: { scene: 'local' } }, 'bindings.scene', 'must be a group of fields'],
  [{ budget: { usd: -1 } }, 'budget.usd', 'must be at least 0'],
  [{ language: 'English' }, 'language', 'must be a language tag such as en or pt-BR'],
  [{ chapter: 3 }, 'chapter', 'is not a known field'],
])('%j is told in words', (fields, field, message) => {
  expect(told(fields)).toEqual({ [field]: message });
});
