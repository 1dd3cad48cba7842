import { profileOf, unpackStyle, type PackedStyle, type Profile } from '@fiction/stylometry';
import { createHash } from 'node:crypto';
import type { SceneStyle } from './styles.repository';

/** How many scenes establish a baseline where the brief has no sample; docs/drift.md tells what more would bring. */
export const BASELINE_SCENES = 5;

/** What a persona is held against. */
export interface Baseline {
  source: 'sample' | 'scenes';
  /** Scenes that are part of it. */
  scenes: SceneStyle[];
  /** Null until there is enough of it. */
  profile: Profile | null;
  /** Tells one baseline from another. */
  madeOf: string;
}

/** The writer's sample, or else the first scenes in the order of the story. */
export function baselineOf(sample: PackedStyle | undefined, firstScenes: readonly SceneStyle[]): Baseline {
  if (sample !== undefined) {
    return {
      source: 'sample',
      scenes: [],
      profile: profileOf([unpackStyle(sample)]),
      madeOf: `sample ${digest(JSON.stringify(sample))}`,
    };
  }
  const scenes = firstScenes.slice(0, BASELINE_SCENES);
  return {
    source: 'scenes',
    scenes,
    profile: scenes.length < BASELINE_SCENES ? null : profileOf(scenes.map(({ style }) => style)),
    madeOf: digest(scenes.map((scene) => `${scene.branch} ${scene.scene_id} ${scene.revision}`).join('\n')),
  };
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
