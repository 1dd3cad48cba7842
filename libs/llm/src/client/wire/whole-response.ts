import type { IncomingMessage } from 'node:http';

/**
 * An answer that is here as a whole, as much of a `Response` as the AI SDK looks at: a genuine one wraps the bytes in a
 * stream of the platform, for more than everything else of a call costs together. The specs of the wire hold it to that.
 */
export class WholeResponse {
  readonly status: number;
  readonly statusText: string;
  readonly ok: boolean;
  /** By lower-case name; a `Map` reads as `Headers` do. */
  readonly headers = new Map<string, string>();
  readonly body: WholeBody | null;

  constructor(
    message: Pick<IncomingMessage, 'statusCode' | 'statusMessage' | 'headers'>,
    private readonly bytes: Buffer,
  ) {
    this.status = message.statusCode ?? 0;
    this.statusText = message.statusMessage ?? '';
    this.ok = this.status >= 200 && this.status < 300;
    for (const [name, value] of Object.entries(message.headers)) {
      if (value !== undefined) this.headers.set(name, typeof value === 'string' ? value : value.join(', '));
    }
    this.body = bytes.length === 0 ? null : new WholeBody(bytes);
  }

  async text(): Promise<string> {
    return this.bytes.toString();
  }

  async json(): Promise<unknown> {
    return JSON.parse(this.bytes.toString());
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return new Uint8Array(this.bytes).buffer;
  }
}

/** A stream and its reader in one, with one chunk. */
class WholeBody {
  constructor(private bytes: Uint8Array | undefined) {}

  getReader(): this {
    return this;
  }

  async read(): Promise<{ done: boolean; value?: Uint8Array }> {
    const value = this.bytes;
    this.bytes = undefined;
    return value === undefined ? { done: true } : { done: false, value };
  }

  async cancel(): Promise<void> {
    this.bytes = undefined;
  }

  releaseLock(): void {
    // Nobody else reads it.
  }
}
