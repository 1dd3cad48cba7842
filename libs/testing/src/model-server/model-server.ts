import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ParsedTask } from '@fiction/llm';
import type { Behaviour } from './behaviour';
import { sendCompletion, sendHalf, sendJson, type Completion } from './completion';
import { hashOf, readTask, type ChatRequest, type RecordedCall } from './recorded-call';

/** Which calls a script is for: a task's name, or whatever can be told from the task and the request. */
export type TaskMatcher = string | ((task: ParsedTask, request: ChatRequest) => boolean);

export interface ModelServerOptions {
  /** What a call gets that no script speaks for. */
  answer?: (task: ParsedTask, request: ChatRequest) => string;
  /** Added to every call, in milliseconds. */
  latencyMs?: number;
  /** Model names `/v1/models` lists. */
  models?: string[];
}

interface Script {
  matches: (task: ParsedTask, request: ChatRequest) => boolean;
  behaviours: Behaviour[];
}

const DEFAULT_WAIT_MS = 5_000;

/** A model server that speaks the OpenAI chat completions protocol and does what a test tells it to. */
export class ModelServer {
  /** Every call seen, in order of arrival. */
  readonly calls: RecordedCall[] = [];
  inFlight = 0;
  /** Most calls that were ever in flight at once. */
  maxInFlight = 0;
  private readonly server: Server;
  private scripts: Script[] = [];
  /** Added to every call, in milliseconds; may be changed at any time. */
  latencyMs: number;
  private readonly watchers = new Set<(call: RecordedCall) => void>();

  constructor(private readonly options: ModelServerOptions = {}) {
    this.latencyMs = options.latencyMs ?? 0;
    this.server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
      // Whatever breaks here breaks one call; the client sees a cut connection and the test its own assertion.
      this.handle(request, response).catch(() => response.destroy());
    });
  }

  /** Starts a server on a free loopback port, or on the one named. */
  static async start(options: ModelServerOptions = {}, port = 0): Promise<ModelServer> {
    const made = new ModelServer(options);
    await new Promise<void>((resolve, reject) => {
      made.server.once('error', reject);
      made.server.listen(port, '127.0.0.1', resolve);
    });
    return made;
  }

  /** What belongs into the providers file. */
  get baseUrl(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  /**
   * The next calls that match behave as told, one behaviour a call; what comes after them is answered as usual.
   * Scripts are asked in the order in which they were given.
   */
  script(matcher: TaskMatcher, behaviours: readonly Behaviour[]): void {
    const matches = typeof matcher === 'string' ? (task: ParsedTask) => task.task === matcher : matcher;
    this.scripts.push({ matches, behaviours: [...behaviours] });
  }

  /** Calls made for a task, or all of them. */
  count(task?: string): number {
    return task === undefined ? this.calls.length : this.calls.filter((call) => call.task === task).length;
  }

  /** Conversations that were sent more than once. */
  repeated(): RecordedCall[] {
    const seen = new Set<string>();
    return this.calls.filter((call) => seen.has(call.requestHash) || !seen.add(call.requestHash));
  }

  /** The first call that fits, already made or still to come: when it arrives, is answered or is aborted. */
  waitForCall(matches: (call: RecordedCall) => boolean, timeoutMs = DEFAULT_WAIT_MS): Promise<RecordedCall> {
    const made = this.calls.find(matches);
    if (made !== undefined) return Promise.resolve(made);
    return new Promise((resolve, reject) => {
      const finish = (): void => {
        this.watchers.delete(watch);
        clearTimeout(timer);
      };
      const watch = (call: RecordedCall): void => {
        if (!matches(call)) return;
        finish();
        resolve(call);
      };
      const timer = setTimeout(() => {
        finish();
        reject(new Error(`No such call within ${timeoutMs} ms; the server saw ${this.calls.length}`));
      }, timeoutMs);
      this.watchers.add(watch);
    });
  }

  /** Forgets calls and scripts. */
  reset(): void {
    this.calls.length = 0;
    this.scripts = [];
    this.maxInFlight = this.inFlight;
  }

  /** Ends every connection and stops listening. */
  async stop(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve());
      this.server.closeAllConnections();
    });
  }

  private async handle(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = incoming.url?.split('?')[0];
    if (path === '/v1/models') {
      const data = (this.options.models ?? ['novelist']).map((id) => ({ id, object: 'model', owned_by: 'test' }));
      sendJson(response, 200, { object: 'list', data });
    } else if (path === '/v1/chat/completions' && incoming.method === 'POST') {
      const request = JSON.parse(await readBody(incoming)) as ChatRequest;
      await this.complete(request, incoming.headers.authorization, response);
    } else {
      sendJson(response, 404, { error: { message: `no ${incoming.method} ${path} here` } });
    }
  }

  private async complete(
    request: ChatRequest,
    authorization: string | undefined,
    response: ServerResponse,
  ): Promise<void> {
    const task = readTask(request);
    const call = this.record(task, request, authorization);
    response.once('close', () => this.finish(call, response.writableFinished));
    const { latencyMs } = this;
    if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
    await this.perform(this.behaviourFor(task, request), task, request, response);
  }

  private record(task: ParsedTask, request: ChatRequest, authorization: string | undefined): RecordedCall {
    const call: RecordedCall = {
      seq: this.calls.length + 1,
      task: task.task,
      model: request.model,
      streamed: request.stream === true,
      materialHash: hashOf(task.material),
      requestHash: hashOf(request.messages),
      authorization,
      at: performance.now(),
    };
    this.calls.push(call);
    this.inFlight++;
    this.maxInFlight = Math.max(this.maxInFlight, this.inFlight);
    this.tell(call);
    return call;
  }

  private finish(call: RecordedCall, finished: boolean): void {
    this.inFlight--;
    if (finished) call.answeredAt = performance.now();
    else call.abortedAt = performance.now();
    this.tell(call);
  }

  private tell(call: RecordedCall): void {
    for (const watcher of this.watchers) watcher(call);
  }

  private behaviourFor(task: ParsedTask, request: ChatRequest): Behaviour {
    const script = this.scripts.find((each) => each.behaviours.length > 0 && each.matches(task, request));
    return script?.behaviours.shift() ?? { kind: 'answer' };
  }

  private async perform(
    behaviour: Behaviour,
    task: ParsedTask,
    request: ChatRequest,
    response: ServerResponse,
  ): Promise<void> {
    if (response.destroyed) return;
    const answer = (): Completion => ({ text: this.answerTo(task, request), finishReason: 'stop' });
    switch (behaviour.kind) {
      case 'answer':
        sendCompletion(response, request, {
          text: behaviour.text ?? this.answerTo(task, request),
          finishReason: behaviour.finishReason ?? 'stop',
          ...(behaviour.promptTokens !== undefined && { promptTokens: behaviour.promptTokens }),
        });
        return;
      case 'truncated': {
        const text = behaviour.text ?? this.answerTo(task, request);
        sendCompletion(response, request, { text: text.slice(0, text.length / 2), finishReason: 'length' });
        return;
      }
      case 'refusal':
        sendCompletion(response, request, { text: '', finishReason: 'stop', refusal: behaviour.words });
        return;
      case 'delay':
        await new Promise((resolve) => setTimeout(resolve, behaviour.ms));
        return this.perform(behaviour.then ?? { kind: 'answer' }, task, request, response);
      case 'latch':
        await behaviour.open;
        return this.perform(behaviour.then ?? { kind: 'answer' }, task, request, response);
      case 'status': {
        const body = behaviour.body ?? `scripted status ${behaviour.status}`;
        sendJson(response, behaviour.status, { error: { message: body, type: 'scripted' } }, behaviour.headers);
        return;
      }
      case 'body':
        response.writeHead(behaviour.status ?? 200, {
          'content-type': behaviour.type ?? (request.stream === true ? 'text/event-stream' : 'text/html'),
        });
        response.end(behaviour.body);
        return;
      case 'stall':
        return sendHalf(response, request, answer());
      case 'cut':
        await sendHalf(response, request, answer());
        response.destroy();
        return;
      case 'hang':
        return;
    }
  }

  private answerTo(task: ParsedTask, request: ChatRequest): string {
    return this.options.answer?.(task, request) ?? 'The tide came in, and the clock kept time.';
  }
}

function readBody(incoming: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    incoming.on('error', reject);
  });
}
