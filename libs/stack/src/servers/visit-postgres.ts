import { Client, type ClientConfig } from 'pg';

/**
 * One connection to PostgreSQL for as long as `visit` takes.
 *
 * A server that ends while the connection is open, or in the moment in which it is being closed, emits an error event
 * on the client besides failing the statement; without a listener that event would end this process.
 */
export async function visitPostgres<T>(config: ClientConfig, visit: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client(config);
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await visit(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
