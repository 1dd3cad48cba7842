import { driftOf, styleOf, type Drift, type Group } from '@fiction/stylometry';
import type { Baseline } from './baseline';
import type { SceneMemory, SceneStyle } from './styles.repository';

export interface Scored extends Omit<SceneStyle, 'style'> {
  /** -1: the scene itself; otherwise one of its memories. */
  position: number;
  text: string | null;
  establishing: boolean;
  drift: Drift;
}

/** A sentence has words; it has no shape, and its letters are those of its matter. */
const OF_A_SENTENCE: readonly Group[] = ['words', 'lexicon'];
/** Nothing to compare with yet. */
const NONE: Drift = { score: 0, confidence: 0, parts: [] };

/** Scores scenes and memories of a persona against its baseline; the scenes that make it up say nothing of it. */
export function scoreAll(
  baseline: Baseline,
  scenes: readonly SceneStyle[],
  memories: readonly SceneMemory[],
): Scored[] {
  const { profile } = baseline;
  const within = new Set(baseline.scenes.map((scene) => placeOf(scene)));
  return [
    ...scenes.map(({ style, ...scene }) => {
      const establishing = profile === null || within.has(placeOf(scene));
      return { ...scene, position: -1, text: null, establishing, drift: establishing ? NONE : driftOf(style, profile) };
    }),
    ...memories.map(({ english, ...memory }) => {
      const drift =
        profile === null
          ? NONE
          : driftOf(styleOf(memory.text, english ? 'en' : 'und'), profile, { only: OF_A_SENTENCE });
      return { ...memory, establishing: profile === null, drift };
    }),
  ];
}

function placeOf({ branch, scene_id, revision }: Pick<SceneStyle, 'branch' | 'scene_id' | 'revision'>): string {
  return JSON.stringify([branch, scene_id, revision]);
}
