const SMALL =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  );
const TENS = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

const DIGITS_OR_SMALL = `\\d{1,6}|${SMALL.slice(10).join('|')}|${SMALL.slice(0, 10).join('|')}`;

/** Source of a regular expression that matches a number in digits or English words, up to thousands. */
export const NUMBER_PATTERN = `(?:(?:a|${SMALL.slice(1, 10).join('|')}) (?:hundred|thousand)|(?:${TENS.join('|')})(?:[ -](?:${SMALL.slice(1, 10).join('|')})\\b)?|${DIGITS_OR_SMALL})`;

/** The value of what `NUMBER_PATTERN` matched, in lower case; null for anything else. */
export function numberOf(words: string): number | null {
  if (/^\d{1,6}$/.test(words)) return Number(words);
  const [first, second] = words.split(/[ -]/) as [string, string?];
  const small = first === 'a' ? 1 : SMALL.indexOf(first);
  if (second === 'hundred' || second === 'thousand')
    return small < 1 ? null : small * (second === 'hundred' ? 100 : 1000);
  const tens = TENS.indexOf(first);
  if (tens < 0) return second === undefined && small >= 0 ? small : null;
  const units = second === undefined ? 0 : SMALL.indexOf(second);
  return units < 0 ? null : (tens + 2) * 10 + units;
}
