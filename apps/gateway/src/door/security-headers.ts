import type { RequestHandler } from 'express';
import helmet from 'helmet';

/** Helmet's settings, less the one that sends a browser from a plain http:// address to https://. */
export function securityHeaders(): RequestHandler {
  return helmet({ contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } } }) as RequestHandler;
}
