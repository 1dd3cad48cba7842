import type { FictionPhaseProgressed } from '@fiction/contracts';
import { EventEmitter } from 'node:events';
import type { Socket } from 'socket.io';
import { SocketSink } from './socket-sink';

const event = { seq: 1 } as FictionPhaseProgressed;

/** A socket whose client takes nothing until it is told to. */
class StuckSocket {
  readonly conn = Object.assign(new EventEmitter(), { writeBuffer: [] as unknown[] });
  connected = true;

  emit(_name: string, body: unknown): void {
    this.conn.writeBuffer.push(body);
  }

  disconnect(): void {
    this.connected = false;
    this.conn.emit('close');
  }

  take(): void {
    this.conn.writeBuffer.length = 0;
    this.conn.emit('drain');
  }
}

function setUp() {
  const socket = new StuckSocket();
  return { socket, sink: new SocketSink(socket as unknown as Socket) };
}

describe('a slow client', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('gets the next page of history when it has taken the last one', async () => {
    const { socket, sink } = setUp();
    for (let count = 0; count < 1_000; count += 1) sink.emit(event);
    const ready = sink.ready();
    socket.take();
    await expect(ready).resolves.toBe(true);
  });

  it('that takes nothing for long is disconnected', async () => {
    const { socket, sink } = setUp();
    for (let count = 0; count < 1_000; count += 1) sink.emit(event);
    const ready = sink.ready();
    await jest.advanceTimersByTimeAsync(15_000);
    await expect(ready).resolves.toBe(false);
    expect(socket.connected).toBe(false);
  });

  it('that leaves is not waited for', async () => {
    const { socket, sink } = setUp();
    for (let count = 0; count < 1_000; count += 1) sink.emit(event);
    const ready = sink.ready();
    socket.disconnect();
    await expect(ready).resolves.toBe(false);
  });
});
