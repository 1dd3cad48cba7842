import { Injectable } from '@nestjs/common';
import type { BookPart } from './book/book-parts';
import { BookSource } from './book/book-source';
import { renderJson } from './rendering/json.renderer';
import { renderMarkdown } from './rendering/markdown.renderer';
import { Spool } from './spool';

export interface Manuscript {
  title: string;
  complete: boolean;
  spool: Spool;
}

/** Puts a book together, whole, from what the services have of it. */
@Injectable()
export class ManuscriptService {
  constructor(private readonly source: BookSource) {}

  async assemble(planId: string, branch: string, format: 'markdown' | 'json'): Promise<Manuscript> {
    const facts = { title: '', complete: false };
    const parts = noting(this.source.read(planId, branch, format === 'json'), facts);
    const pieces = format === 'json' ? renderJson(parts) : renderMarkdown(parts);
    return { spool: await Spool.from(pieces), ...facts };
  }
}

/** Passes a book on and notes what its headers tell. */
async function* noting(
  parts: AsyncIterable<BookPart>,
  facts: { title: string; complete: boolean },
): AsyncGenerator<BookPart> {
  for await (const part of parts) {
    if (part.kind === 'opening') facts.title = part.brief.title;
    if (part.kind === 'closing') facts.complete = part.complete;
    yield part;
  }
}
