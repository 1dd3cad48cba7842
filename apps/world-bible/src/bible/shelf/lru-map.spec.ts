import { LruMap } from './lru-map';

describe('LruMap', () => {
  it('forgets what was not asked for the longest', () => {
    const map = new LruMap<number>(2);
    map.set('a', 1);
    map.set('b', 2);
    map.get('a');
    map.set('c', 3);
    expect(['a', 'b', 'c'].map((key) => map.get(key))).toEqual([1, undefined, 3]);
  });

  it('drops a value only while it is still the one', () => {
    const map = new LruMap<object>(2);
    const [first, second] = [{}, {}];
    map.set('a', first);
    map.set('a', second);
    map.drop('a', first);
    expect(map.get('a')).toBe(second);
    map.drop('a', second);
    expect(map.get('a')).toBeUndefined();
  });
});
