import { ForkedProcess } from './forked-process';
import type { SeenCall } from './model-server';

/** The model server, which runs in a process of its own. */
export class ModelProcess {
  baseUrl = '';

  private constructor(private readonly process: ForkedProcess) {}

  static async start(latencyMs: number): Promise<ModelProcess> {
    const model = new ModelProcess(new ForkedProcess('model-server.main.js', [String(latencyMs)]));
    model.baseUrl = (await model.process.next<{ baseUrl: string }>('ready')).baseUrl;
    return model;
  }

  get pid(): number {
    return this.process.pid;
  }

  /** All calls so far, and the time on the clock that they are told in. */
  async calls(): Promise<{ calls: SeenCall[]; now: number }> {
    this.process.send({ kind: 'calls' });
    return this.process.next('calls');
  }

  async stop(): Promise<void> {
    await this.process.stop();
  }
}
