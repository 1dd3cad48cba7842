import { connect } from 'node:net';
import type { Address } from './address';

/** Connects to a server, sends `question`, and says whether the first answer holds `expected`. */
export function askServer(address: Address, question: string, expected: string): Promise<boolean> {
  const where = 'folder' in address ? { path: address.folder.socket } : { port: address.port, host: '127.0.0.1' };
  return new Promise((resolve) => {
    const socket = connect({ ...where, timeout: 1_000 });
    const end = (answer: boolean): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => socket.write(question));
    socket.once('data', (data) => {
      end(data.toString('utf8').includes(expected));
    });
    socket.once('timeout', () => end(false));
    socket.once('error', () => end(false));
    socket.once('close', () => end(false));
  });
}
