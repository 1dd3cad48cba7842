import { calibrate, ENGLISH, knownText } from '@fiction/stylometry';
import { readAuthors } from '@fiction/testing';
import { resolve } from 'node:path';
import { crossValidate, shareOf } from '../../bench/drift/cross-validation';

/** 91 references are learned, which takes some 20 s of processor time. */
jest.setTimeout(240_000);

/** As many as establish a persona's baseline. */
const BASELINE_PASSAGES = 5;

const texts = readAuthors(resolve(__dirname, '../..')).map(({ author, text }) => knownText(author, text));

it('has passages of many authors, each about as long as a scene', () => {
  expect(new Set(texts.map(({ author }) => author)).size).toBeGreaterThanOrEqual(12);
  for (const { measured } of texts) {
    expect(measured.words).toBeGreaterThanOrEqual(600);
    expect(measured.words).toBeLessThanOrEqual(1400);
  }
});

it('tells same from other in at least 85 % of the pairs, of authors that the reference has not seen', () => {
  const { same, other } = shareOf(crossValidate(texts, BASELINE_PASSAGES));
  expect(same).toBeGreaterThanOrEqual(0.85);
  expect(other).toBeGreaterThanOrEqual(0.85);
});

it('the shipped reference is what these passages teach', () => {
  expect(ENGLISH).toEqual(calibrate(texts, ENGLISH.edition));
});
