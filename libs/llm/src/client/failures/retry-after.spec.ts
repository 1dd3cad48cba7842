import { MAX_RETRY_AFTER_MS, readRetryAfter } from './retry-after';

const NOW = Date.parse('2030-01-01T00:00:00Z');

describe('readRetryAfter', () => {
  it.each([
    [{ 'retry-after': '3' }, 3000],
    [{ 'retry-after': '0.5' }, 500],
    [{ 'retry-after': '0' }, 0],
    [{ 'retry-after': 'Tue, 01 Jan 2030 00:00:20 GMT' }, 20_000],
    [{ 'retry-after': 'Mon, 31 Dec 2029 23:59:00 GMT' }, 0],
    [{ 'retry-after': '86400' }, MAX_RETRY_AFTER_MS],
    [{ 'retry-after-ms': '250', 'retry-after': '1' }, 250],
    [{ 'retry-after': 'soon' }, undefined],
    [{ 'retry-after': '' }, undefined],
    [{}, undefined],
    [undefined, undefined],
  ])('reads %p as %p ms', (headers, waitMs) => {
    expect(readRetryAfter(headers, NOW)).toBe(waitMs);
  });

  it.each([
    ['Gemini', '[{"error":{"code":429,"details":[{"retryDelay": "34.5s"}]}}]', 34_500],
    ['OpenRouter', `{"error":{"metadata":{"headers":{"X-RateLimit-Reset":"${NOW + 60_000}"}}}}`, 60_000],
    ['OpenRouter, too late', `{"X-RateLimit-Reset":"${NOW - 1}"}`, 0],
    ['OpenAI', '{"error":{"message":"Rate limit reached. Please try again in 1m20.5s. Visit …"}}', 80_500],
    ['OpenAI, of a moment', 'Please try again in 340ms.', 340],
    ['one with a daily limit', 'try again in 23h59m', MAX_RETRY_AFTER_MS],
    ['one who does not say when', 'Please try again in a moment.', undefined],
  ])('reads what %s says in its answer', (_who, body, waitMs) => {
    expect(readRetryAfter({}, NOW, body)).toBe(waitMs);
    expect(readRetryAfter({ 'retry-after': '3' }, NOW, body)).toBe(3000);
  });
});
