import type { FictionPhaseProgressed, FictionPlanChanged } from '@fiction/contracts';
import type { Socket } from 'socket.io';
import type { PumpSink } from '../feed/pump';

export const PROGRESS_EVENT = 'FictionPhaseProgressed';
export const CHANGE_EVENT = 'FictionPlanChanged';

/** A page of history waits until fewer messages than this wait for the client. */
const ROOM = 400;
/** A client that takes nothing for so long is gone, in milliseconds. */
const PATIENCE_MS = 15_000;

/** A client's end of the feed: it gets the next page of history when it has taken most of the last one. */
export class SocketSink implements PumpSink {
  constructor(private readonly socket: Socket) {}

  emit(event: FictionPhaseProgressed): void {
    this.socket.emit(PROGRESS_EVENT, event);
  }

  emitChange(change: FictionPlanChanged): void {
    this.socket.emit(CHANGE_EVENT, change);
  }

  async ready(): Promise<boolean> {
    const patience = Date.now() + PATIENCE_MS;
    while (this.socket.connected && this.waiting > ROOM) {
      const left = patience - Date.now();
      if (left <= 0) this.socket.disconnect(true);
      else await this.drained(left);
    }
    return this.socket.connected;
  }

  /** Messages that the connection has not yet taken. */
  private get waiting(): number {
    return (this.socket.conn as unknown as { writeBuffer: unknown[] }).writeBuffer.length;
  }

  private async drained(limitMs: number): Promise<void> {
    const { conn } = this.socket;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        conn.off('drain', done);
        conn.off('close', done);
        resolve();
      };
      const timer = setTimeout(done, limitMs);
      conn.once('drain', done);
      conn.once('close', done);
    });
  }
}
