import {
  DomainError,
  NotFoundError,
  UnknownCursorError,
  type AskedBy,
  type PersonaWord,
  type ReplyOf,
  type RequestOf,
  type addMemory,
  type listMemories,
  type retractMemory,
} from '@fiction/contracts';
import { Clock, Database, pageOfRows, takeTurn, type UnitOfWork } from '@fiction/platform';
import { ForkedBranches } from '@fiction/runtime';
import { Injectable } from '@nestjs/common';
import { BibleShelf } from '../bible/shelf/bible.shelf';
import { personEntry } from '../bible/person-entry';
import { placeOf, storyPoint } from '../bible/story-time';
import { OncePerKey } from '../writes/once-per-key';
import { parsePersonaId, personaKeyOf } from './persona-id';
import { PersonaWordsRepository, type WordKind, type WordRow, type WordsOf } from './persona-words.repository';
import { PersonasRepository } from './personas.repository';

/** It was taken back before. */
export class MemoryRetractedError extends DomainError {
  constructor(id: string) {
    super('MEMORY_RETRACTED', 409, `The memory "${id}" has already been retracted.`);
  }
}

/** Memories and world notes, as people see and add them. */
@Injectable()
export class PersonaWordsService {
  constructor(
    private readonly database: Database,
    private readonly words: PersonaWordsRepository,
    private readonly personas: PersonasRepository,
    private readonly shelf: BibleShelf,
    private readonly branches: ForkedBranches,
    private readonly once: OncePerKey,
    private readonly clock: Clock,
  ) {}

  async list(kind: WordKind, query: RequestOf<typeof listMemories>): Promise<ReplyOf<typeof listMemories>> {
    const of = await this.of(query.planId, query.personaId);
    const after = placeOfCursor(query.cursor);
    const rows = await this.words.list(kind, of, after, query.limit + 1);
    const { page, nextCursor } = pageOfRows(rows, query.limit, (last) =>
      [last.chapter, last.scene, last.origin, last.position].join('.'),
    );
    return { items: page.map(viewOf), nextCursor };
  }

  async add(kind: WordKind, question: RequestOf<typeof addMemory>): Promise<ReplyOf<typeof addMemory>> {
    const { planId, personaId, text, from, idempotencyKey } = question;
    const of = await this.of(planId, personaId);
    const asked = { planId, idempotencyKey, question: { add: kind, personaId, text, from } };
    return this.write(
      asked,
      kind,
      of,
      async (write) => `word-${await write(kind, { text, from, retracts: null })}`,
      question,
    );
  }

  async retract(question: RequestOf<typeof retractMemory>): Promise<ReplyOf<typeof retractMemory>> {
    const { planId, personaId, memoryId, note, idempotencyKey } = question;
    const of = await this.of(planId, personaId);
    const asked = { planId, idempotencyKey, question: { retract: memoryId, personaId, note } };
    const known = await this.words.one(this.database, 'memory', of, memoryId);
    if (known === undefined) throw new NotFoundError('memory', memoryId);
    return this.write(
      asked,
      'memory',
      of,
      async (write, uow) => {
        const now = await this.words.one(uow, 'memory', of, memoryId);
        if (now!.retracted_at !== null) throw new MemoryRetractedError(memoryId);
        await write('retraction', { text: note ?? '', from: storyPoint(known), retracts: memoryId });
        return memoryId;
      },
      question,
    );
  }

  private async write(
    asked: { planId: string; idempotencyKey: string | null; question: unknown },
    kind: WordKind,
    of: WordsOf,
    work: (
      write: (kind: WordKind | 'retraction', word: Written) => Promise<string>,
      uow: UnitOfWork,
    ) => Promise<string>,
    { actor, source }: AskedBy,
  ): Promise<ReplyOf<typeof addMemory>> {
    return this.database.transaction(async (uow) => {
      await takeTurn(uow, `words:${of.planId}:${of.personaKey}`);
      const { reply: id, repeated } = await this.once.do(uow, asked, () =>
        work(
          (wordKind, { text, from, retracts }) =>
            this.words.add(uow, {
              ...placeOf(from),
              planId: of.planId,
              branch: of.lineage[0],
              kind: wordKind,
              personaKey: of.personaKey,
              text,
              retracts,
              actor,
              source,
              at: this.clock.now(),
            }),
          uow,
        ),
      );
      return { word: viewOf((await this.words.one(uow, kind, of, id))!), repeated };
    });
  }

  /** @throws NotFoundError when there is no such persona */
  private async of(planId: string, personaId: string): Promise<WordsOf> {
    const ref = parsePersonaId(planId, personaId);
    const lineage = await this.branches.lineage(planId, ref.branch);
    const { name } = await this.personas.one(planId, lineage, ref, personaId);
    const personaKey = personaKeyOf(ref);
    // Before there is a world, there are no aliases.
    const bible = await this.shelf.bibleIfReady(planId, lineage);
    const known = ref.kind === 'author' ? undefined : personEntry(bible?.entries ?? [], name);
    return { planId, lineage, names: [...new Set([ref.key, ...(known?.keys ?? [])])], personaKey };
  }
}

interface Written {
  text: string;
  from: string;
  retracts: string | null;
}

function placeOfCursor(cursor: string | undefined): readonly [number, number, number, string] {
  if (cursor === undefined) return [-1, 0, 0, '0'];
  const parts = /^(\d{1,9})\.(\d{1,9})\.([01])\.(\d{1,18})$/.exec(cursor);
  if (parts === null) throw new UnknownCursorError();
  return [Number(parts[1]), Number(parts[2]), Number(parts[3]), parts[4]!];
}

function viewOf(row: WordRow): PersonaWord {
  const { id, text, scene_id: sceneId, actor, source, at } = row;
  const { retracted_by: by, retracted_note: note, retracted_at: retractedAt } = row;
  return {
    id,
    text,
    from: storyPoint(row),
    sceneId,
    actor,
    source: source as 'api' | null,
    at: at.toISOString(),
    retracted:
      by === null || retractedAt === null
        ? null
        : { actor: by, note: note === '' ? null : note, at: retractedAt.toISOString() },
  };
}
