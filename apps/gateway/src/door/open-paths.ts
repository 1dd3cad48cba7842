import type { Request } from 'express';

/** Health says nothing of anybody's work; the pages that describe the API hold no data. */
const OPEN = ['/healthz', '/readyz', '/api/docs', '/api/docs-json', '/api/openapi.json'];
const OPEN_FOLDERS = ['/api/docs/'];

/** Whether a request may be answered without a token. */
export function isOpen(request: Request): boolean {
  if (request.method !== 'GET' && request.method !== 'HEAD') return false;
  const { path } = request;
  if (OPEN.includes(path) || OPEN_FOLDERS.some((folder) => path.startsWith(folder))) return true;
  return path === '/metrics' && isLocal(request);
}

/** From this machine, and not through a proxy on it. */
function isLocal(request: Request): boolean {
  const forwarded = ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((header) => header in request.headers);
  const address = request.socket.remoteAddress ?? '';
  return !forwarded && (address === '::1' || /^(::ffff:)?127\./.test(address));
}
