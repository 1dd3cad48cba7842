import type { ClientRequest, IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';

/** Streamed bytes waiting for the reader before the socket is paused. */
const BUFFER_BYTES = 256 * 1024;
/** How the chat protocol ends a stream; inside of what is streamed there is no line break. */
const LAST_EVENT = /\ndata: ?\[DONE\]\s*$/;
const LAST_EVENT_BYTES = 32;
/** What a server that has said its last word may still take to end the answer, so that the connection can be used again. */
const PARTING_MS = 1_000;

/**
 * An answer as it comes. It ends with the last event of the protocol, since some servers leave the connection open then.
 * @param failure The reason why it broke, given what the socket says.
 */
export function streamResponse(
  message: IncomingMessage,
  bytes: Readable,
  request: ClientRequest,
  failure: (error: Error) => Error,
): Response {
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        let tail = '';
        let over = false;
        const finish = (how: () => void): void => {
          if (!over) how();
          over = true;
        };
        bytes.on('data', (chunk: Buffer) => {
          if (over) return;
          controller.enqueue(chunk);
          tail = (tail + chunk.subarray(-LAST_EVENT_BYTES).toString('latin1')).slice(-LAST_EVENT_BYTES);
          if (LAST_EVENT.test(tail)) {
            finish(() => controller.close());
            const parting = setTimeout(() => request.destroy(), PARTING_MS);
            request.once('close', () => clearTimeout(parting));
          } else if ((controller.desiredSize ?? 0) <= 0) bytes.pause();
        });
        bytes.on('end', () => finish(() => controller.close()));
        bytes.on('error', (error) => finish(() => controller.error(failure(error))));
      },
      pull: () => void bytes.resume(),
      cancel: () => void request.destroy(),
    },
    { highWaterMark: BUFFER_BYTES, size: (chunk) => chunk.byteLength },
  );
  const status = message.statusCode ?? 0;
  const bodyless = status === 204 || status === 205 || status === 304;
  const headers = message.headers as Record<string, string>;
  return new Response(bodyless ? null : body, { status, statusText: message.statusMessage, headers });
}
