import { seeded } from '@fiction/testing';
import { CutPrompts } from './cut-prompts';

it('notices a window at the third prompt of another length that fills it to the last token', () => {
  const prompts = new CutPrompts();
  expect(prompts.isCut(8_000, 2_011)).toBe(false);
  expect(prompts.isCut(20_000, 4_096)).toBe(false);
  expect(prompts.isCut(20_100, 4_096)).toBe(false);
  expect(prompts.isCut(24_000, 4_096)).toBe(false);
  expect(prompts.isCut(12_000, 3_002)).toBe(false);
  expect(prompts.isCut(22_000, 4_096)).toBe(true);
  expect(prompts.isCut(24_000, 4_096)).toBe(true);
});

it('takes a server with a larger window as that', () => {
  const prompts = new CutPrompts();
  for (const length of [20_000, 22_000, 24_000]) prompts.isCut(length, 4_096);
  expect(prompts.isCut(12_000, 2_950)).toBe(false);
  expect(prompts.isCut(24_000, 5_911)).toBe(false);
  expect(prompts.isCut(22_000, 4_096)).toBe(false);
});

it('does not take a number for a count that is more than there are characters', () => {
  const prompts = new CutPrompts();
  for (const length of [200, 300, 400, 500]) expect(prompts.isCut(length, 1_024)).toBe(false);
});

it('suspects no server that counts right, in some ten thousand prompts', () => {
  const random = seeded(20261130);
  let suspected = 0;
  for (let book = 0; book < 20; book += 1) {
    const prompts = new CutPrompts();
    for (let call = 0; call < 600; call += 1) {
      const characters = 4_000 + Math.floor(random() * 22_000);
      if (prompts.isCut(characters, Math.round(characters / (4.1 + random() * 0.4)))) suspected += 1;
    }
  }
  expect(suspected).toBe(0);
});
