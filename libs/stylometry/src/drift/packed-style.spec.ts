import { GROUPS } from '../measures/groups';
import { driftOf } from './drift-of';
import { packStyle, unpackStyle } from './packed-style';
import { profileOf } from './profile';
import { styleOf } from './style';

const CALM = 'The harbour lay still. Nobody spoke of the clock, and the tide went out as it always had. '.repeat(12);
const LOUD = '"Run!" she cried; "run, or we are lost!" They ran, and the bells rang, and somebody laughed. '.repeat(12);

it('keeps seven digits of every number', () => {
  const style = styleOf(CALM);
  const kept = unpackStyle(JSON.parse(JSON.stringify(packStyle(style))));
  expect({ ...kept, groups: undefined }).toEqual({ ...style, groups: undefined });
  for (const group of GROUPS) {
    expect(kept.groups[group]).toHaveLength(style.groups[group].length);
    for (const [index, value] of style.groups[group].entries()) {
      expect(Math.abs(kept.groups[group][index]! - value)).toBeLessThanOrEqual(Math.abs(value) * 1e-7);
    }
  }
});

it('makes no difference that a person could see to a score', () => {
  const score = (keep: typeof styleOf) => driftOf(keep(LOUD), profileOf([keep(CALM)])).score;
  const packed = score((text) => unpackStyle(packStyle(styleOf(text))));
  expect(packed).toBeCloseTo(score(styleOf), 6);
});

it('reads what was kept as numbers, and refuses what is cut off', () => {
  const style = styleOf(CALM);
  expect(unpackStyle(style)).toEqual(style);
  const packed = packStyle(style);
  const letters = Buffer.from(packed.groups.letters, 'base64').subarray(1).toString('base64');
  expect(() => unpackStyle({ ...packed, groups: { ...packed.groups, letters } })).toThrow(RangeError);
});
