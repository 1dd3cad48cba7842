import { Agent, request } from 'node:http';

const CALL_LIMIT_MS = 30_000;

/** A model over HTTP, as one writes it by hand. */
export class PlainModel {
  private readonly agent: Agent;
  private readonly url: string;

  /** @param atOnce Calls at once; the others wait for a connection */
  constructor(baseUrl: string, atOnce: number) {
    this.url = `${baseUrl}/chat/completions`;
    this.agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  }

  /** Answers the response as it came, after a look at whether it holds an answer. */
  async ask(body: string): Promise<string> {
    const response = await this.post(body);
    const { choices } = JSON.parse(response) as { choices?: { message: { content: string } }[] };
    if (!choices?.[0]?.message.content) throw new Error('the model answered nothing');
    return response;
  }

  private post(body: string): Promise<string> {
    return new Promise((done, failed) => {
      const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) };
      const asked = request(this.url, { method: 'POST', agent: this.agent, headers, timeout: CALL_LIMIT_MS });
      asked.on('error', failed);
      asked.on('timeout', () => asked.destroy(new Error(`the model was silent for ${CALL_LIMIT_MS} ms`)));
      asked.on('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('error', failed);
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => {
          if (response.statusCode === 200) done(Buffer.concat(chunks).toString());
          else failed(new Error(`the model answered with status ${response.statusCode}`));
        });
      });
      asked.end(body);
    });
  }
}
