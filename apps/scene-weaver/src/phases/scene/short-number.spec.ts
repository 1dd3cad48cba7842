import * as fc from 'fast-check';
import { shortNumber } from './short-number';

it('has six digits, the same as their text has', () => {
  const rate = fc.tuple(fc.nat(5_000), fc.integer({ min: 1, max: 5_000 })).map(([count, of]) => count / of);
  const decimal = fc.tuple(fc.nat(10_000_000), fc.nat(10)).map(([digits, places]) => digits / 10 ** places);
  const odd = fc.constantFrom(0, -0.1234567, 99999.95, 0.99999949999, 0.9999995, 1e5, 1e21, 1e-12, 0.1234565, 5e-324);
  fc.assert(
    fc.property(fc.oneof(rate, decimal, odd, fc.double({ noNaN: true, noDefaultInfinity: true })), (value) => {
      expect(shortNumber(value)).toBe(Number(value.toPrecision(6)));
    }),
    { seed: 4, numRuns: 5_000 },
  );
});
