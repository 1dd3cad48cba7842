import { createHash } from 'node:crypto';
import { mkdtemp, open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { EXPORT_PREFIX } from './temporary-folder';

/** Pieces are gathered to this size before they are written, in characters. */
const CHUNK = 64_000;

/**
 * A document laid down in a nameless file before it is sent: its length and hash are known before its first byte goes
 * out, what breaks while it is made becomes an error and not half a document, and memory stays flat.
 */
export class Spool {
  private constructor(
    private readonly file: FileHandle,
    readonly bytes: number,
    /** Strong: the same for the same bytes, and only for them. */
    readonly etag: string,
  ) {}

  static async from(pieces: AsyncIterable<string>): Promise<Spool> {
    const file = await namelessFile();
    try {
      const hash = createHash('sha256');
      let bytes = 0;
      for await (const chunk of inChunks(pieces)) {
        hash.update(chunk);
        await file.write(chunk, 0, chunk.length, bytes);
        bytes += chunk.length;
      }
      return new Spool(file, bytes, `"${hash.digest('base64url')}"`);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Its bytes, once; the file is gone when they have been read or the reader gives up. */
  stream(): Readable {
    if (this.bytes === 0) return Readable.from([]).once('close', () => void this.discard());
    return this.file.createReadStream({ start: 0, end: this.bytes - 1, autoClose: true });
  }

  async discard(): Promise<void> {
    await this.file.close();
  }
}

/** A file that is removed while it is open: whatever ends this process, nothing is left behind. */
async function namelessFile(): Promise<FileHandle> {
  const folder = await mkdtemp(join(tmpdir(), EXPORT_PREFIX));
  try {
    return await open(join(folder, 'document'), 'wx+', 0o600);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function* inChunks(pieces: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let waiting = '';
  for await (const piece of pieces) {
    waiting += piece;
    if (waiting.length < CHUNK) continue;
    yield Buffer.from(waiting);
    waiting = '';
  }
  if (waiting !== '') yield Buffer.from(waiting);
}
