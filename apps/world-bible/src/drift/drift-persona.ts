import { nameKey } from '../names/name-key';
import { AUTHOR_ROW, type PersonaRef } from '../personas/persona-id';

/** A plan has one author, whatever the name. */
export const AUTHOR = 'author';

const CHARACTER = 'character:';

/** The id by which drift knows a person of the story. */
export function characterPersona(name: string): string {
  return `${CHARACTER}${nameKey(name)}`;
}

/** As the registry of personas knows it, on a branch. */
export function personaRef(branch: string, persona: string): PersonaRef {
  const key = memoryKey(persona);
  return key === null ? { branch, kind: 'author', key: AUTHOR_ROW } : { branch, kind: 'character', key };
}

/** As drift knows what the registry knows. */
export function driftPersona({ kind, key }: PersonaRef): string {
  return kind === 'author' ? AUTHOR : `${CHARACTER}${key}`;
}

/** The key that memories have; null for the author, who has none. */
export function memoryKey(persona: string): string | null {
  return persona.startsWith(CHARACTER) ? persona.slice(CHARACTER.length) : null;
}
