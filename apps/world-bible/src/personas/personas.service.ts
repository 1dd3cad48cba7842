import {
  DomainError,
  UnknownCursorError,
  type changeBaseline,
  type listPersonas,
  type PersonaView,
  type readPersona,
  type ReplyOf,
  type RequestOf,
} from '@fiction/contracts';
import { Clock, Database, pageOfRows } from '@fiction/platform';
import { ForkedBranches } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { parsePersonaId, personaIdOf } from './persona-id';
import { PersonasRepository, sheetOf, type PersonaRow } from './personas.repository';

/** Somebody else has changed the baseline since the caller has seen it. */
export class PersonaChangedError extends DomainError {
  constructor(version: number) {
    super('PERSONA_CHANGED', 409, `The persona is now at version ${version}: read it again.`, [
      { field: 'version', message: `the persona is now at version ${version}` },
    ]);
  }
}

/** The registry of authors and characters, as each branch has it. */
@Injectable()
export class PersonasService {
  constructor(
    private readonly database: Database,
    private readonly personas: PersonasRepository,
    private readonly branches: ForkedBranches,
    private readonly clock: Clock,
  ) {}

  async list(query: RequestOf<typeof listPersonas>): Promise<ReplyOf<typeof listPersonas>> {
    const { planId, branch, cursor, limit } = query;
    const lineage = await this.branches.lineage(planId, branch);
    const after = cursor === undefined ? ['', ''] : /^(author|character)\n(\P{Cc}+)$/u.exec(decode(cursor))?.slice(1);
    if (after === undefined) throw new UnknownCursorError();
    const rows = await this.personas.list(planId, lineage, after as [string, string], limit + 1);
    const { page, nextCursor } = pageOfRows(rows, limit, (last) => encode(`${last.kind}\n${last.key}`));
    return { items: page.map((row) => viewOf(planId, branch, row)), nextCursor };
  }

  async read({ planId, personaId }: RequestOf<typeof readPersona>): Promise<ReplyOf<typeof readPersona>> {
    const ref = parsePersonaId(planId, personaId);
    const lineage = await this.branches.lineage(planId, ref.branch);
    const row = await this.personas.one(planId, lineage, ref, personaId);
    const changes = await this.personas.versions(planId, ref);
    const first = { version: 1, baseline: await this.personas.first(planId, lineage, ref) };
    return {
      ...viewOf(planId, ref.branch, row),
      versions: [
        ...changes.map(({ version, sheet, actor, source, note, at }) => {
          return { version, baseline: sheet, actor, source: source as 'api', note, at: at.toISOString() };
        }),
        { ...first, actor: null, source: null, note: null, at: null },
      ],
    };
  }

  /** @throws PersonaChangedError when the version is not the newest any more */
  async change(question: RequestOf<typeof changeBaseline>): Promise<PersonaView> {
    const { planId, personaId, version, baseline, actor, source, note } = question;
    const ref = parsePersonaId(planId, personaId);
    const lineage = await this.branches.lineage(planId, ref.branch);
    const row = await this.personas.one(planId, lineage, ref, personaId);
    const newest = row.version ?? 1;
    if (newest !== version) throw new PersonaChangedError(newest);
    const sheet = { ...sheetOf(row), ...baseline };
    const change = { sheet, actor, source, note, at: this.clock.now() };
    const added = await this.database.transaction((uow) => this.personas.change(uow, planId, ref, version + 1, change));
    if (!added) throw new PersonaChangedError(version + 1);
    return viewOf(planId, ref.branch, { ...row, sheet, version: version + 1 });
  }
}

function viewOf(planId: string, branch: string, row: PersonaRow): PersonaView {
  const { kind, key, name, member, version } = row;
  return {
    personaId: personaIdOf(planId, { branch, kind, key }),
    kind,
    name,
    role: member?.role ?? null,
    baseline: sheetOf(row),
    version: version ?? 1,
  };
}

const encode = (text: string): string => Buffer.from(text).toString('base64url');
const decode = (cursor: string): string => Buffer.from(cursor, 'base64url').toString();
