import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

const TEXT_FRAME = 0x81;
const MASKED = 0x80;
const LENGTH_FOLLOWS = 126;

/** A client of the WebSocket protocol that says what it likes and, once it is told to, reads nothing any more. */
export class DeafClient {
  private constructor(private readonly socket: Socket) {
    // The other end hangs up in the middle of what is said.
    socket.on('error', () => undefined);
  }

  /** Connects, and joins a namespace with a packet of socket.io's. */
  static async join(url: string, packet: string): Promise<DeafClient> {
    const { hostname, port, host } = new URL(url);
    const client = new DeafClient(connect(Number(port), hostname));
    await once(client.socket, 'connect');
    client.socket.write(
      [
        'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
        `Host: ${host}`,
        'Upgrade: websocket',
        'Connection: Upgrade',
        `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
        'Sec-WebSocket-Version: 13',
        '\r\n',
      ].join('\r\n'),
    );
    await client.hears('"sid"');
    client.say(packet);
    await client.hears('40/fiction');
    return client;
  }

  deafen(): void {
    this.socket.pause();
  }

  /** @param text at most 65,535 bytes of ASCII */
  say(...texts: string[]): boolean {
    return this.socket.write(Buffer.concat(texts.map(frame)));
  }

  /** What was said last is on its way, or nobody is there any more. */
  async said(): Promise<void> {
    await Promise.race([once(this.socket, 'drain'), once(this.socket, 'close')]);
  }

  hangUp(): void {
    this.socket.destroy();
  }

  private async hears(text: string): Promise<void> {
    for (let heard = ''; !heard.includes(text);) {
      const [data] = (await once(this.socket, 'data')) as [Buffer];
      heard += data.toString('latin1');
    }
  }
}

/** The mask is zero, which leaves the text as it is. */
function frame(text: string): Buffer {
  const body = Buffer.from(text);
  const short = body.length < LENGTH_FOLLOWS;
  const head = [TEXT_FRAME, MASKED | (short ? body.length : LENGTH_FOLLOWS)];
  const length = short ? [] : [body.length >> 8, body.length & 0xff];
  return Buffer.concat([Buffer.from([...head, ...length, 0, 0, 0, 0]), body]);
}
