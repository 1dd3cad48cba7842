import { NotFoundError, type PersonaKind } from '@fiction/contracts';

/** The author's key among personas; no name has such a key. */
export const AUTHOR = '*author';
/** A plan has one author, whatever the name; the key of its row in the roster's table. */
export const AUTHOR_ROW = 'author';

/** Which persona of which branch is meant. */
export interface PersonaRef {
  branch: string;
  kind: PersonaKind;
  /** As the roster's table has it. */
  key: string;
}

/** A persona's id: the same persona has another on each branch, since it may come to be another there. */
export function personaIdOf(planId: string, { branch, kind, key }: PersonaRef): string {
  return `${planId}@${branch}:${kind === 'author' ? AUTHOR : key}`;
}

/** @throws NotFoundError when it is no id of a persona of the plan */
export function parsePersonaId(planId: string, personaId: string): PersonaRef {
  const prefix = `${planId}@`;
  const colon = personaId.indexOf(':', prefix.length);
  if (!personaId.startsWith(prefix) || colon === -1) throw new NotFoundError('persona', personaId);
  const branch = personaId.slice(prefix.length, colon);
  const key = personaId.slice(colon + 1);
  if (branch === '' || key === '') throw new NotFoundError('persona', personaId);
  return key === AUTHOR ? { branch, kind: 'author', key: AUTHOR_ROW } : { branch, kind: 'character', key };
}

/** What words and obligations of a persona are kept under. */
export function personaKeyOf({ kind, key }: Pick<PersonaRef, 'kind' | 'key'>): string {
  return kind === 'author' ? AUTHOR : key;
}
