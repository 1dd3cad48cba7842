import { Worker } from 'node:worker_threads';

/** Says when it is asked, and answers once whoever asks stands still. */
const SERVER = `
  const { parentPort, workerData } = require('node:worker_threads');
  const server = require('node:http').createServer((request, response) => {
    request.resume().on('end', () => {
      parentPort.postMessage('asked');
      Atomics.wait(workerData.stands, 0, 0);
      response.writeHead(200, { 'content-type': workerData.type });
      response.end(workerData.body);
    });
  });
  server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));`;

/** A server in a thread of its own, whose answer comes while this process stands still. */
export class StandstillServer {
  private constructor(
    readonly url: string,
    private readonly worker: Worker,
    private readonly stands: Int32Array,
  ) {}

  static async start(body: string, type = 'application/json'): Promise<StandstillServer> {
    const stands = new Int32Array(new SharedArrayBuffer(4));
    const worker = new Worker(SERVER, { eval: true, workerData: { stands, body, type } });
    const port = await new Promise<number>((heard) => worker.once('message', heard));
    return new StandstillServer(`http://127.0.0.1:${port}/v1`, worker, stands);
  }

  /** Once it is asked this process reads nothing and looks at no timer, for so many milliseconds. */
  async standStill(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      this.worker.once('message', () => {
        Atomics.store(this.stands, 0, 1);
        Atomics.notify(this.stands, 0);
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
        resolve();
      });
    });
  }

  async stop(): Promise<void> {
    await this.worker.terminate();
  }
}
