import { nameKey } from '../names/name-key';

/** A plan has one author, whatever the name. */
export const AUTHOR = 'author';

const CHARACTER = 'character:';

/** The id by which drift knows a person of the story. */
export function characterPersona(name: string): string {
  return `${CHARACTER}${nameKey(name)}`;
}

export function personaKind(persona: string): 'author' | 'character' {
  return persona === AUTHOR ? 'author' : 'character';
}

/** The key that memories have; null for the author, who has none. */
export function memoryKey(persona: string): string | null {
  return persona.startsWith(CHARACTER) ? persona.slice(CHARACTER.length) : null;
}
