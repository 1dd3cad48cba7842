import { z } from 'zod';
import { fitShape } from './fit-shape';

const kind = z.enum(['fact-begins', 'fact-ends', 'people']);
const shape = z.strictObject({
  name: z.string().max(20),
  kind,
  aliases: z.array(z.string()),
  from: z.string().regex(/^\d\.\d$/),
  until: z
    .string()
    .regex(/^\d\.\d$/)
    .nullable(),
  score: z.number().int(),
  sure: z.boolean(),
  worldNotes: z.array(z.strictObject({ text: z.string() })).optional(),
});
const good = { name: 'Ada', kind: 'people', aliases: ['A'], from: '1.1', until: null, score: 3, sure: true } as const;
const notes = [{ text: 'x' }];

describe('fitShape', () => {
  it.each([
    ['a number in quotation marks', { score: ' 3 ' }, {}],
    ['a boolean in quotation marks', { sure: 'True' }, {}],
    ['a word in another case, with a space or without a dash', { kind: 'Fact_Begins' }, { kind: 'fact-begins' }],
    ['one text for a list', { aliases: 'Ada Q.' }, { aliases: ['Ada Q.'] }],
    ['null for a list', { aliases: null }, { aliases: [] }],
    ['a word for an empty list', { aliases: 'None.' }, { aliases: [] }],
    ['one object for a list', { worldNotes: notes[0] }, { worldNotes: notes }],
    ['a list of one for a text', { name: ['Ada'] }, {}],
    ['a list of one for a word', { kind: ['PEOPLE'] }, {}],
    ['null for what need not be said', { worldNotes: null }, {}],
    ['null as a word', { until: 'null' }, {}],
    ['nothing where null may stand', { until: undefined }, {}],
    ['what nobody has asked for', { mood: 'tense', reason: 7 }, {}],
  ])('understands %s', (_what, said, meant) => {
    expect(shape.parse(fitShape(shape, JSON.parse(JSON.stringify({ ...good, ...said }))))).toEqual({
      ...good,
      ...meant,
    });
  });

  it('understands names in another spelling', () => {
    const { until: _until, worldNotes: _notes, ...rest } = { ...good, worldNotes: notes };
    const said = { ...rest, Until: null, world_notes: notes };
    expect(shape.parse(fitShape(shape, said))).toEqual({ ...good, worldNotes: notes });
  });

  it.each([
    ['a number with words', { score: 'about 3' }],
    ['a fraction for a whole number', { score: '3.5' }],
    ['a word that is none of those', { kind: 'fact' }],
    ['a text that may be several', { aliases: 'Ada, A. Quill and the keeper' }],
    ['a number for a list', { aliases: 2 }],
    ['a list of more than one for a text', { name: ['Ada', 'Quill'] }],
    ['an object for a text', { name: { first: 'Ada' } }],
    ['null where something must be said', { name: null }],
    ['an empty text for a number', { score: '' }],
    ['what may be missing under another name', { notes }],
    ['a list that is missing', { aliases: undefined }],
    ['a text that is too long', { name: 'x'.repeat(21) }],
  ])('leaves %s', (_what, said) => {
    const value = JSON.parse(JSON.stringify({ ...good, ...said })) as unknown;
    expect(shape.safeParse(fitShape(shape, value)).success).toBe(false);
  });

  it('leaves what fits as it is', () => {
    const value = { ...good, name: 'None', aliases: ['null', 'a, b'] };
    expect(fitShape(shape, value)).toBe(value);
  });

  it('takes a word for none of two that are spelt alike', () => {
    expect(fitShape(z.enum(['a-b', 'ab']), 'A B')).toBe('A B');
  });

  it('takes of several shapes the one that it can have', () => {
    const either = z.union([z.string(), z.strictObject({ text: z.string(), kind })]);
    expect(fitShape(either, { text: 'x', kind: 'People' })).toEqual({ text: 'x', kind: 'people' });
    expect(fitShape(either, ['x'])).toBe('x');
  });
});
