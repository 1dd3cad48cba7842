import type { Server, ServerResponse } from 'node:http';

/**
 * Lets an HTTP server end with its last answer. When a server is closed, Node.js ends the connections that are at rest, and
 * waits for clients to let go of those that come to rest later.
 * @returns to be called when the server is to end: from then on a connection ends with the answer that is given on it
 */
export function endsWithLastAnswers(server: Server): () => void {
  const open = new Set<ServerResponse>();
  let ending = false;
  const isLast = (response: ServerResponse): void => {
    const { socket } = response;
    if (response.headersSent) response.once('close', () => socket?.end());
    else response.setHeader('Connection', 'close');
  };
  server.prependListener('request', (_request, response) => {
    open.add(response);
    response.once('close', () => open.delete(response));
    if (ending) isLast(response);
  });
  return () => {
    ending = true;
    open.forEach(isLast);
  };
}
