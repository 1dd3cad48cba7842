import type { GateFinding } from '@fiction/contracts';
import type { GateInput } from './gate-input';
import { brokenOff } from './reading/broken-off';
import type { ProseReading } from './reading/prose-reading';
import { quoteOf } from './reading/quote';

/** Shortest scene accepted, as a share of the words asked for. */
export const SHORTEST_SHARE = 0.5;
/** Longest scene accepted, as a share of the words asked for. */
export const LONGEST_SHARE = 2;

/** The scene is between half and twice as long as it was asked for, both included, and goes on to its end. */
export function checkLength(input: GateInput, reading: ProseReading): GateFinding[] {
  return [...checkWords(input, reading), ...checkEnd(reading)];
}

function checkEnd(reading: ProseReading): GateFinding[] {
  const last = brokenOff(reading);
  if (last === null) return [];
  const quote = reading.quoteSentenceAt(last.end - 1) ?? quoteOf(reading.text, last.start, last.end);
  return [{ gate: 'length', message: 'The scene breaks off in the middle of a sentence; bring it to its end.', quote }];
}

function checkWords({ targetWords }: GateInput, reading: ProseReading): GateFinding[] {
  const words = reading.wordCount;
  const shortest = Math.ceil(targetWords * SHORTEST_SHARE);
  const longest = Math.floor(targetWords * LONGEST_SHARE);
  if (words >= shortest && words <= longest) return [];
  const fault = words < shortest ? 'too short' : 'too long';
  return [
    {
      gate: 'length',
      message: `The scene is ${fault}: ${words} words, where ${targetWords} were asked for and ${shortest} to ${longest} pass.`,
      quote: null,
    },
  ];
}
