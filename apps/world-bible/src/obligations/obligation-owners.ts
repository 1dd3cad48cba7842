import { NotFoundError } from '@fiction/contracts';
import { Database } from '@fiction/platform';
import type { Lineage } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { personasBranch } from '../bible/personas-branch';
import { nameKey } from '../names/name-key';
import { AUTHOR, AUTHOR_ROW, parsePersonaId, personaKeyOf } from '../personas/persona-id';

export interface Owner {
  personaKey: string;
  persona: string;
}

const NAME = `
  SELECT p.kind, p.name FROM personas p
  WHERE p.plan_id = $1 AND p.branch = ${personasBranch('$1', '$2')}
    AND (p.key = $3 AND p.kind = 'character' OR $4 AND p.kind = 'author')`;

/** Who owes something, by id or by name. */
@Injectable()
export class ObligationOwners {
  constructor(private readonly database: Database) {}

  /** What is owed by whom an id or a name means is kept under this. */
  keyOf(planId: string, idOrName: string): string {
    return idOrName.startsWith(`${planId}@`) ? personaKeyOf(parsePersonaId(planId, idOrName)) : nameKey(idOrName);
  }

  /** @throws NotFoundError when nobody on the branch is meant by it; null means the author. */
  async find(planId: string, lineage: Lineage, idOrName: string | null): Promise<Owner> {
    const key = idOrName === null ? AUTHOR : this.keyOf(planId, idOrName);
    const isAuthor = key === AUTHOR;
    const [row] = await this.database.query<{ name: string }>(NAME, [
      planId,
      lineage,
      isAuthor ? AUTHOR_ROW : key,
      isAuthor,
    ]);
    // Before there is a vision, there is an author without a name.
    if (row === undefined && isAuthor) return { personaKey: key, persona: 'the author' };
    if (row === undefined) throw new NotFoundError('persona', idOrName ?? '');
    return { personaKey: key, persona: row.name };
  }
}
