import { formatUsd } from './format-usd';

it.each([
  [0, '$0.00'],
  [0.00012, '$0.0001'],
  [0.9999, '$0.9999'],
  // Rounded to four digits this is a dollar.
  [0.99997, '$1.00'],
  [1.25, '$1.25'],
])('%d is %s', (usd, said) => {
  expect(formatUsd(usd)).toBe(said);
});
