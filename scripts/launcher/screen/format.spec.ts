import { formatTokens } from './format';

it.each([
  [999, '999'],
  [1_000, '1.0k'],
  [12_345, '12.3k'],
  [999_949, '999.9k'],
  [999_950, '1.0M'],
  [4_500_000, '4.5M'],
])('%d tokens are %s', (tokens, text) => expect(formatTokens(tokens)).toBe(text));
