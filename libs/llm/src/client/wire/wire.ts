import * as http from 'node:http';
import * as https from 'node:https';
import { urlToHttpOptions } from 'node:url';
import type { Readable } from 'node:stream';
import { aMomentLater } from './a-moment-later';
import { decoded } from './decoded';
import { streamResponse } from './stream-response';
import { WholeResponse } from './whole-response';

/** What waits for its turn there is as silent as what never comes. */
const QUEUES = '; if the server handles one call at a time, lower concurrency or raise this limit';

/** The server sent nothing for longer than it may. */
export class WireSilenceError extends Error {
  readonly code = 'WIRE_SILENCE';

  constructor(readonly silenceMs: number) {
    super(`nothing received for ${silenceMs / 1000} s (idleTimeoutSeconds)${QUEUES}`);
    this.name = 'WireSilenceError';
  }
}

/** No connection came about, so nothing was sent. */
export class WireUnreachableError extends Error {
  readonly code = 'WIRE_UNREACHABLE';

  constructor(reason: string, options?: ErrorOptions) {
    super(reason, options);
    this.name = 'WireUnreachableError';
  }
}

/** The server answered with a page for people, as one does at an address where no model is. */
export class WirePageError extends Error {
  readonly code = 'WIRE_PAGE';

  constructor(contentType: string, url: string) {
    super(`${url} answered with a web page (${contentType})${addressHint(url)}`);
    this.name = 'WirePageError';
  }
}

/** An answer that goes on and on; no task of ours asks for a hundredth of it. */
export class WireTooLongError extends Error {
  readonly code = 'WIRE_TOO_LONG';

  constructor(bytes: number) {
    super(`the answer has more than ${bytes / 1024 ** 2} MB`);
    this.name = 'WireTooLongError';
  }
}

/** What may be wrong with an address at which there is no model, if that can be told by looking at it. */
export function addressHint(url: string): string {
  return /\/v\d/.test(new URL(url).pathname) ? '' : '; the baseUrl of most servers ends in /v1';
}

const UNREACHABLE_REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  EHOSTUNREACH: 'host unreachable',
  EHOSTDOWN: 'host down',
  ENETUNREACH: 'network unreachable',
  ENOTFOUND: 'unknown host name',
  EAI_AGAIN: 'its host name cannot be resolved now',
  ETIMEDOUT: 'connecting took too long',
};
/** A connection takes milliseconds, or the round trips of a far network; who drops packets never answers. */
const CONNECT_WITHIN_MS = 15_000;
/** Idle connections are dropped before the servers in use (llama.cpp, uvicorn: 5 s) drop them under a request. */
const IDLE_CONNECTION_MS = 4_000;
/** A connection that the server has given up meanwhile shows it with the first that is sent over it. */
const GONE_WITHIN_MS = 1_000;
/** Longest answer in bytes, what a model thinks aloud included; of a streamed one, each word comes in a wrapping of its own. */
const LONGEST_ANSWER_BYTES = 4 * 1024 ** 2;
const LONGEST_STREAM_BYTES = 64 * 1024 ** 2;

/**
 * The HTTP the providers speak through, in place of the built-in fetch: that one gives up on a silent server after
 * 300 s whatever the configuration says, and costs more CPU a call. An abort destroys the socket at once.
 */
export class Wire {
  private readonly plain: http.Agent;
  private readonly secure: https.Agent;
  private readonly connectWithinMs: number;
  private readonly addresses = new Map<string, http.RequestOptions>();

  constructor({ idleMs = IDLE_CONNECTION_MS, connectWithinMs = CONNECT_WITHIN_MS } = {}) {
    this.plain = new http.Agent({ keepAlive: true, timeout: idleMs });
    this.secure = new https.Agent({ keepAlive: true, timeout: idleMs });
    this.connectWithinMs = connectWithinMs;
  }

  /**
   * A fetch for the AI SDK, which passes addresses and bodies as strings.
   * @param silenceMs Longest time without a byte; absent: only the signal ends a call.
   */
  fetch(silenceMs?: number): typeof globalThis.fetch {
    return (input, init) => this.send(input as string, init ?? {}, silenceMs);
  }

  /** Drops idle connections. */
  close(): void {
    this.plain.destroy();
    this.secure.destroy();
  }

  /** The few addresses of the providers, taken to pieces once. */
  private addressOf(url: string): http.RequestOptions {
    let address = this.addresses.get(url);
    if (address === undefined) {
      address = urlToHttpOptions(new URL(url));
      this.addresses.set(url, address);
    }
    return address;
  }

  /** @param anew On a connection that nobody has used before. */
  private send(url: string, init: RequestInit, silenceMs: number | undefined, anew = false): Promise<Response> {
    return new Promise((resolve, reject) => {
      const signal = init.signal ?? undefined;
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const headers = init.headers as http.OutgoingHttpHeaders;
      const options = { ...this.addressOf(url), method: init.method, headers };
      const sentAt = performance.now();
      const request = url.startsWith('https:')
        ? https.request({ ...options, agent: anew ? false : this.secure })
        : http.request({ ...options, agent: anew ? false : this.plain });

      // A response we break ourselves says only "aborted", so the reason is kept here.
      let reason: Error | undefined;
      const end = (error: Error): void => {
        reason = error;
        request.destroy(error);
      };
      const failure = (error: Error): Error => reason ?? error;
      const connection = awaitConnection(request, this.connectWithinMs, end);
      const abort = (): void => end(signal?.reason as Error);
      signal?.addEventListener('abort', abort, { once: true });
      request.once('close', () => {
        signal?.removeEventListener('abort', abort);
        connection.stopWaiting();
      });
      if (silenceMs !== undefined) awaitBytes(request, silenceMs, connection.made, end);
      let answered = false;
      request.on('error', (error) => {
        const wasGone = request.reusedSocket && !answered && performance.now() - sentAt < GONE_WITHIN_MS;
        if (reason === undefined && wasGone && isCut(error)) resolve(this.send(url, init, silenceMs, true));
        else reject(reason ?? (connection.made() ? error : unreachable(error)));
      });
      request.on('response', (message) => {
        answered = true;
        const body = decoded(message);
        const type = message.headers['content-type'] ?? '';
        const succeeded = message.statusCode !== undefined && message.statusCode < 300;
        const streamed = type.startsWith('text/event-stream');
        const longest = streamed ? LONGEST_STREAM_BYTES : LONGEST_ANSWER_BYTES;
        let bytes = 0;
        body.on('data', (chunk: Buffer) => {
          bytes += chunk.length;
          if (bytes > longest) end(new WireTooLongError(longest));
        });
        if (succeeded && type.startsWith('text/html')) end(new WirePageError(type, url));
        else if (streamed) resolve(streamResponse(message, body, request, failure));
        else collectResponse(message, body, resolve, (error) => reject(failure(error)));
      });
      request.end(init.body as string);
    });
  }
}

/** Watches whether a request gets a connection, and ends one that does not in time. */
function awaitConnection(
  request: http.ClientRequest,
  withinMs: number,
  end: (error: Error) => void,
): { made: () => boolean; stopWaiting: () => void } {
  let made = false;
  const tooLong = (): void => end(new WireUnreachableError(`no connection within ${withinMs / 1000} s`));
  const timer = setTimeout(tooLong, withinMs);
  const stopWaiting = (): void => clearTimeout(timer);
  const connected = (): void => {
    made = true;
    stopWaiting();
  };
  request.once('socket', (socket) => {
    if (socket.connecting) socket.once('connect', connected);
    else connected();
  });
  return { made: () => made, stopWaiting };
}

/** Watches whether a request that has a connection hears anything, and ends one that does not for too long. */
function awaitBytes(
  request: http.ClientRequest,
  withinMs: number,
  isConnected: () => boolean,
  end: (error: Error) => void,
): void {
  let stopWaiting = (): void => undefined;
  const silent = (): void => {
    const socket = request.socket!;
    const { bytesRead } = socket;
    stopWaiting = aMomentLater(() => {
      // Until there is a connection the agent's own time counts, which is for idle ones.
      if (isConnected() && socket.bytesRead === bytesRead) end(new WireSilenceError(withinMs));
      else socket.once('timeout', silent);
    });
  };
  request.setTimeout(withinMs, silent);
  request.once('close', () => {
    stopWaiting();
    request.socket?.removeListener('timeout', silent);
  });
}

function unreachable(error: NodeJS.ErrnoException): WireUnreachableError {
  return new WireUnreachableError(UNREACHABLE_REASONS[error.code ?? ''] ?? error.message, { cause: error });
}

/** Who is told this of a connection that was idle before has come too late: nobody has read what was sent. */
function isCut({ code }: NodeJS.ErrnoException): boolean {
  return code === 'ECONNRESET' || code === 'EPIPE';
}

function collectResponse(
  message: http.IncomingMessage,
  body: Readable,
  resolve: (response: Response) => void,
  reject: (error: Error) => void,
): void {
  const chunks: Buffer[] = [];
  body.on('data', (chunk: Buffer) => chunks.push(chunk));
  body.on('end', () => {
    const whole = new WholeResponse(message, chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
    resolve(whole as unknown as Response);
  });
  body.on('error', reject);
}
