import { MOST_PROSE } from '@fiction/contracts';
import { refuseTooLong } from './scene-too-long.error';

describe('a scene that is filed', () => {
  it('fits into a message of the bus, whatever its letters, and one that does not is refused with its length', () => {
    // Three bytes each, the most that one unit of a text takes.
    const longest = '塩'.repeat(MOST_PROSE);
    expect(() => refuseTooLong(longest)).not.toThrow();
    expect(Buffer.byteLength(JSON.stringify(longest))).toBeLessThan(600_000);
    expect(() => refuseTooLong(`${longest}.`)).toThrow(/150001 characters/);
  });
});
