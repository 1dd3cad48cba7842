import { draft } from '../testing/entry.builder';
import { gatherEntries } from './gather-entries';

describe('gatherEntries', () => {
  it('tells on what another form of the name or an alias has told before', () => {
    const first = gatherEntries([], 'character', [draft('Ada Quill', { aliases: ['Quill'] })]);
    const second = gatherEntries(first, 'character', [
      draft('quill', { summary: 'She counts.', relations: [{ to: 'Tobias', kind: 'owes' }] }),
      draft('Tobias'),
    ]);
    expect(second.map((entry) => entry.name)).toEqual(['Ada Quill', 'Tobias']);
    expect(second[0]).toMatchObject({
      aliases: ['Quill'],
      summary: 'Ada Quill, as everybody knows it. She counts.',
      relations: [{ to: 'Tobias', kind: 'owes' }],
    });
    expect(second[0]!.facts).toHaveLength(2);
  });

  it('merges the same name across types, but an alias only within one', () => {
    const people = gatherEntries([], 'character', [draft('Ada Quill', { aliases: ['Quill'] }), draft('The Clock')]);
    const all = gatherEntries(people, 'faction', [draft('Quill'), draft('Clock')]);
    expect(all.map(({ name, type }) => `${type} ${name}`)).toEqual([
      'character Ada Quill',
      'character The Clock',
      'faction Quill',
    ]);
  });

  it('keeps people apart who only share an alias', () => {
    const people = [draft('Ada', { aliases: ['the captain'] }), draft('Tobias', { aliases: ['the captain'] })];
    expect(gatherEntries([], 'character', people)).toHaveLength(2);
  });
});
