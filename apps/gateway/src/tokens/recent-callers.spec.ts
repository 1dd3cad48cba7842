import type { CallerIdentity } from '../access/caller';
import { RecentCallers } from './recent-callers';

const caller = (name: string): CallerIdentity => ({ tokenId: name, name, role: 'viewer', expiresAt: null });

describe('RecentCallers', () => {
  it('forgets after its time, and no later than the token does', () => {
    let now = 1_000;
    const recent = new RecentCallers(3_000, 10, () => now);
    recent.set('a', caller('a'), null);
    recent.set('b', caller('b'), new Date(2_000));
    now = 2_000;
    expect(recent.get('a')?.name).toBe('a');
    expect(recent.get('b')).toBeUndefined();
    now = 4_000;
    expect(recent.get('a')).toBeUndefined();
  });

  it('keeps the ones used last, and never more than its capacity', () => {
    const recent = new RecentCallers(3_000, 2, () => 0);
    recent.set('a', caller('a'), null);
    recent.set('b', caller('b'), null);
    recent.get('a');
    recent.set('c', caller('c'), null);
    expect([recent.get('a')?.name, recent.get('b')?.name, recent.get('c')?.name]).toEqual(['a', undefined, 'c']);
  });

  it('does not remember what was asked for before everything was forgotten', () => {
    const recent = new RecentCallers(3_000, 2, () => 0);
    const { era } = recent;
    recent.forget();
    recent.set('a', caller('a'), null, era);
    expect(recent.get('a')).toBeUndefined();
    recent.set('a', caller('a'), null, recent.era);
    expect(recent.get('a')?.name).toBe('a');
  });
});
