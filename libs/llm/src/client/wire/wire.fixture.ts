import { ModelServer, type ModelServerOptions } from '@fiction/testing';
import { z } from 'zod';
import { ProvidersFile } from '../../providers/providers-file';
import { providersFileSchema } from '../../providers/providers-file.schema';
import type { ModelTask } from '../../task/model-task';
import type { ModelAnswer } from '../model-answer';
import { ModelCallError } from '../failures/model-call.error';
import { ModelClient } from '../model-client';

/** What the specs of the client share: a model server, a client for it, and a task to ask. */
export interface WireFixture {
  server: ModelServer;
  client: ModelClient;
  ask(task?: ModelTask<unknown>, signal?: AbortSignal, model?: string): Promise<ModelAnswer>;
  /** The error a call ends with. */
  failure(signal?: AbortSignal, task?: ModelTask<unknown>): Promise<ModelCallError>;
  stop(): Promise<void>;
}

export const draft: ModelTask = {
  task: 'scene.draft',
  material: { scene: 'The tide & the <clock>' },
  instructions: 'Write the scene.',
  maxOutputTokens: 200,
  temperature: 0.7,
};

export const blueprintSchema = z.object({ title: z.string(), beats: z.array(z.string()).min(1) });
export const blueprint: ModelTask<z.infer<typeof blueprintSchema>> = {
  ...draft,
  task: 'blueprint',
  schema: blueprintSchema,
};

/** Providers from plain settings, checked as a file would be. */
export function providersOf(providers: Record<string, unknown>, env: Record<string, string> = {}): ProvidersFile {
  return new ProvidersFile(new Map(Object.entries(providersFileSchema.parse({ providers }).providers)), env);
}

const running: WireFixture[] = [];

/** Stops what the specs started; whatever failed, nothing may keep the process. */
export async function stopWires(): Promise<void> {
  await Promise.all(running.splice(0).map((wire) => wire.stop()));
}

/** Starts a model server and a client whose provider `local` is that server. */
export async function startWire(
  settings: Record<string, unknown> = {},
  serverOptions: ModelServerOptions = {},
): Promise<WireFixture> {
  const server = await ModelServer.start(serverOptions);
  const local = {
    kind: 'openai-compatible',
    lane: 'metal',
    baseUrl: server.baseUrl,
    apiKeyEnv: 'LOCAL_KEY',
    ...settings,
  };
  const client = new ModelClient(providersOf({ local }, { LOCAL_KEY: 'sk-local-secret' }), noRehearsal, undefined);
  const ask: WireFixture['ask'] = (task = draft, signal = new AbortController().signal, model = 'novelist') =>
    client.call({ binding: { provider: 'local', model }, task, signal });
  const wire: WireFixture = {
    server,
    client,
    ask,
    failure: (signal, task = draft) => ask(task, signal).then(unexpected, expectCallError),
    stop: async () => {
      client.close();
      await server.stop();
    },
  };
  running.push(wire);
  return wire;
}

export function noRehearsal(): never {
  throw new Error('This test has no rehearsal model');
}

function unexpected(answer: ModelAnswer): never {
  throw new Error(`The call was answered: ${answer.text.slice(0, 80)}`);
}

function expectCallError(error: unknown): ModelCallError {
  if (error instanceof ModelCallError) return error;
  throw error;
}
