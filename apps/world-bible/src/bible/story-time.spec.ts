import { comparePoints, holdsAt } from './story-time';

describe('story time', () => {
  it('counts chapters and scenes as numbers', () => {
    expect(['10.1', '2.10', '0.0', '2.9'].sort(comparePoints)).toEqual(['0.0', '2.9', '2.10', '10.1']);
  });

  it('lets a fact hold from its first point until before its last', () => {
    const fact = { statement: 'The clock runs.', from: '1.2', until: '2.1' };
    expect(['1.1', '1.2', '1.9', '2.1'].map((point) => holdsAt(fact, point))).toEqual([false, true, true, false]);
    expect(holdsAt({ ...fact, until: null }, '99.1')).toBe(true);
  });
});
