import { parseTask } from '@fiction/llm';
import type { ChatRequest } from '@fiction/testing';
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { benchAnswer } from './answers';

/** A call as the model server saw it; times are of its own clock. */
export interface SeenCall {
  task: string;
  /** The same for the same request: two equal ones are a call made twice. */
  requestHash: string;
  at: number;
  answeredAt?: number;
  abortedAt?: number;
}

/** Before the name of the task, and after it, as they stand in the JSON of a request. */
const TASK = Buffer.from('# Task: ');
const END_OF_LINE = Buffer.from('\\n');

/**
 * A model server that takes next to no processor time, since it runs on the machine that is measured and stands for one
 * that does not: it speaks as much of the OpenAI protocol as a plain call needs, and reads no more of a request than it must.
 */
export class BenchModelServer {
  readonly calls: SeenCall[] = [];
  private readonly server: Server;
  /** Replies to tasks of which every call gets the same one. */
  private readonly replies = new Map<string, string>();

  constructor(private readonly latencyMs: number) {
    this.server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => this.receive(request, response));
  }

  /** Answers its address once it listens. */
  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1`;
  }

  private receive(request: IncomingMessage, response: ServerResponse): void {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => this.take(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks), response));
  }

  private take(body: Buffer, response: ServerResponse): void {
    const from = body.lastIndexOf(TASK) + TASK.length;
    const task = body.toString('latin1', from, body.indexOf(END_OF_LINE, from));
    const requestHash = createHash('sha1').update(body).digest('base64url');
    const call: SeenCall = { task, requestHash, at: performance.now() };
    this.calls.push(call);
    response.once('close', () => {
      if (response.writableFinished) call.answeredAt = performance.now();
      else call.abortedAt = performance.now();
    });
    const reply = this.replyTo(task, body);
    const answer = (): void => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(reply) });
      response.end(reply);
    };
    if (this.latencyMs > 0) setTimeout(answer, this.latencyMs);
    else answer();
  }

  /** What is answered to a scene depends on nothing but the task; all scenes have the same beats. */
  private replyTo(task: string, body: Buffer): string {
    const known = this.replies.get(task);
    if (known !== undefined) return known;
    const request = JSON.parse(body.toString()) as ChatRequest;
    const reply = completion(request.model, benchAnswer(parseTask(request.messages)), body.length);
    if (task.startsWith('scene.')) this.replies.set(task, reply);
    return reply;
  }
}

function completion(model: string, content: string, requestLength: number): string {
  const prompt = Math.ceil(requestLength / 4);
  const written = Math.ceil(content.length / 4);
  return JSON.stringify({
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_700_000_000,
    model,
    choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
    usage: { prompt_tokens: prompt, completion_tokens: written, total_tokens: prompt + written },
  });
}
