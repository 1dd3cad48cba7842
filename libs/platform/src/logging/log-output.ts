import { write, writeSync } from 'node:fs';

/** Held while an earlier write is under way, in characters; what comes beyond it is lost. */
const MOST_HELD = 4_194_304;
/** A pipe whose reader is slow takes no more for a moment. */
const PASSING = new Set<string | undefined>(['EAGAIN', 'EBUSY', 'EINTR']);
const RETRY_MS = 50;
const NEWLINE = 0x0a;

/**
 * Lines on their way to a file or pipe. What it does not take, as on a disk that is full, is lost and counted: a service without
 * a log works, and one that waited for its log would hold its runs and do nothing for them.
 */
export class LogOutput {
  private held = '';
  /** Lines that are being written. */
  private underWay = 0;
  private lost = 0;
  private why = '';
  /** Whether what was written last ended within a line. */
  private midLine = false;

  /** @param tellLost the line, with its end, that says how many were lost, once there is room again */
  constructor(
    private readonly fd: number,
    private readonly tellLost: (lines: number, why: string) => string,
  ) {}

  /** Takes a line with its end. Never throws, and waits for nothing. */
  write(line: string): void {
    if (this.held.length + line.length > MOST_HELD) {
      this.lose(linesIn(line), 'the reader of the log is too slow');
      return;
    }
    this.held += line;
    if (this.underWay === 0) this.put(this.take());
  }

  /** For the end of a process: what is held goes out at once, or not at all. */
  flushSync(): void {
    try {
      for (let bytes = this.take(); bytes.length > 0;) bytes = bytes.subarray(writeSync(this.fd, bytes));
    } catch {
      // There is nobody left to tell.
    }
  }

  private take(): Buffer {
    const before = this.lost === 0 ? '' : this.tellLost(this.lost, this.why);
    const bytes = Buffer.from(`${this.midLine ? '\n' : ''}${before}${this.held}`);
    this.underWay = linesIn(this.held);
    this.held = '';
    return bytes;
  }

  private put(bytes: Buffer): void {
    write(this.fd, bytes, (error, written) => {
      if (PASSING.has(error?.code)) setTimeout(() => this.put(bytes), RETRY_MS);
      else if (error === null && written < bytes.length) this.partly(bytes, written);
      else this.end(error);
    });
  }

  private partly(bytes: Buffer, written: number): void {
    this.midLine = bytes[written - 1] !== NEWLINE;
    this.put(bytes.subarray(written));
  }

  private end(error: NodeJS.ErrnoException | null): void {
    if (error === null) {
      this.midLine = false;
      this.lost = 0;
    } else {
      this.lose(this.underWay, error.message);
    }
    this.underWay = 0;
    if (this.held !== '') this.put(this.take());
  }

  private lose(lines: number, why: string): void {
    this.lost += lines;
    this.why = why;
  }
}

function linesIn(text: string): number {
  return text.split('\n').length - 1;
}
