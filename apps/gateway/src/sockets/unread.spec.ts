import { EventEmitter } from 'node:events';
import { boundUnread } from './unread';

/** A connection as the engine has it: what is sent lies in its buffer until it is handed to the client. */
class Connection extends EventEmitter {
  writeBuffer: unknown[] = [];
  closed = false;
  private isDestroyed = false;
  readonly request = { socket: { destroy: () => (this.isDestroyed = true) } };

  /** Also where its client would not hear that it is over. */
  get isOver(): boolean {
    return this.closed && this.isDestroyed;
  }

  send(data: string): void {
    this.emit('packetCreate', { data });
    this.writeBuffer.push(data);
  }

  take(): void {
    this.writeBuffer = [];
    this.emit('drain');
  }

  close(discard: boolean): void {
    this.closed = discard;
  }
}

function connected(): Connection {
  const connection = new Connection();
  boundUnread(connection);
  return connection;
}

/** How many messages of this length it takes until the connection is ended. */
function untilOver(connection: Connection, characters: number): number {
  const message = 'x'.repeat(characters);
  let sent = 0;
  for (; sent < 20_000 && !connection.isOver; sent += 1) connection.send(message);
  return sent;
}

it('ends a connection that many messages wait for, or long ones', () => {
  expect(untilOver(connected(), 100)).toBe(4_001);
  expect(untilOver(connected(), 1_000_000)).toBe(33);
});

it('keeps one that takes what it is sent, however much that is', () => {
  const connection = connected();
  for (let page = 0; page < 100; page += 1) {
    for (let count = 0; count < 300; count += 1) connection.send('x'.repeat(10_000));
    connection.take();
  }
  expect(connection.closed).toBe(false);
});
