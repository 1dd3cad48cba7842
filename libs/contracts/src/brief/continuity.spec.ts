import fc from 'fast-check';
import { followedScene, type ScenePlace } from './continuity';

const place = fc.record({ chapter: fc.integer({ min: 1, max: 30 }), scene: fc.integer({ min: 1, max: 12 }) });
const order = ({ chapter, scene }: ScenePlace): number => chapter * 100 + scene;

describe('followedScene', () => {
  it.each([
    ['strict', { chapter: 1, scene: 1 }, undefined],
    ['strict', { chapter: 1, scene: 3 }, { chapter: 1, scene: 2 }],
    ['strict', { chapter: 2, scene: 1 }, { chapter: 1, scene: 3 }],
    ['chapter', { chapter: 2, scene: 1 }, undefined],
    ['chapter', { chapter: 2, scene: 2 }, { chapter: 2, scene: 1 }],
    ['loose', { chapter: 2, scene: 2 }, undefined],
  ] as const)('%s: %j follows %j', (continuity, at, expected) => {
    expect(followedScene(continuity, at, 3)).toEqual(expected);
  });

  it('always leads back, to the first scene of the book (strict) or of the chapter, over every scene in between', () => {
    fc.assert(
      fc.property(place, fc.integer({ min: 1, max: 12 }), (at, scenesPerChapter) => {
        fc.pre(at.scene <= scenesPerChapter);
        for (const continuity of ['strict', 'chapter'] as const) {
          let scenes = 1;
          let here = at;
          for (let next = followedScene(continuity, here, scenesPerChapter); next !== undefined; scenes += 1) {
            expect(order(next)).toBeLessThan(order(here));
            here = next;
            next = followedScene(continuity, here, scenesPerChapter);
          }
          expect(here).toEqual({ chapter: continuity === 'strict' ? 1 : at.chapter, scene: 1 });
          const before = continuity === 'strict' ? (at.chapter - 1) * scenesPerChapter : 0;
          expect(scenes).toBe(before + at.scene);
        }
      }),
      { numRuns: 50 },
    );
  });
});
