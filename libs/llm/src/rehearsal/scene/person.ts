import type { SceneView } from '../story/materials';
import { pronounsOf, shortName, shortNames, type Pronouns } from '../story/people';
import { voiceOf, type VoiceKey } from '../story/voice';

/** Somebody in a scene, as its sentences need them. */
export interface Person {
  name: string;
  short: string;
  pronouns: Pronouns;
  voice: VoiceKey;
}

/** The point-of-view person first. */
export function peopleOf({ book, scene, persona, world }: SceneView): Person[] {
  const cast = [scene.pov, ...scene.cast.filter((name) => name !== scene.pov)];
  const shorts = shortNames(cast);
  return cast.map((name) => {
    const entry = world.find((candidate) => candidate.name === name);
    const described = /Voice: ([^.]+)/.exec(entry?.summary ?? '')?.[1] ?? entry?.summary ?? '';
    return {
      name,
      short: shorts.get(name) ?? shortName(name),
      pronouns: pronounsOf(name, book.premise),
      voice: voiceOf(name, name === persona.name ? persona.baseline : described),
    };
  });
}
