import { seeded } from '@fiction/testing';
import { CutPrompts } from './cut-prompts';

/** What a server counts that reads everything, at some four characters a token. */
const counted = (characters: number): number => Math.round(characters / 4.2);

it.each([
  ['fills its window', 4_096],
  ['keeps half of it, and the first tokens', 2_050],
])('notices at the third prompt of another length a server that %s', (_what, kept) => {
  const prompts = new CutPrompts();
  const ask = (characters: number): boolean =>
    prompts.isCut(characters, counted(characters) > 4_096 ? kept : counted(characters));
  expect([8_000, 16_500, 24_000, 24_100, 24_000, 26_000, 12_000].map(ask)).toEqual(Array(7).fill(false));
  expect([27_000, 24_000].map(ask)).toEqual([true, true]);
  expect([12_000, 16_000].map(ask)).toEqual([false, false]);
});

it('takes a server with a larger window as that', () => {
  const prompts = new CutPrompts();
  for (const length of [24_000, 26_000, 28_000]) prompts.isCut(length, 2_050);
  expect([12_000, 24_000, 26_000, 28_000].map((length) => prompts.isCut(length, counted(length)))).toEqual(
    Array(4).fill(false),
  );
});

it('does not take for a count what is more than there can be', () => {
  const prompts = new CutPrompts();
  for (const length of [200, 300, 400, 500]) expect(prompts.isCut(length, 1_024)).toBe(false);
});

it.each([
  ['of one kind', (random: () => number) => 4.1 + random() * 0.4],
  ['that mixes scripts', (random: () => number) => 1.5 + random() * 2],
])('suspects no server that counts right, in ten thousand prompts of text %s', (_what, perToken) => {
  const random = seeded(20261130);
  let suspected = 0;
  for (let book = 0; book < 20; book += 1) {
    const prompts = new CutPrompts();
    for (let call = 0; call < 500; call += 1) {
      const characters = 4_000 + Math.floor(random() * 22_000);
      if (prompts.isCut(characters, Math.round(characters / perToken(random)))) suspected += 1;
    }
  }
  expect(suspected).toBe(0);
});
