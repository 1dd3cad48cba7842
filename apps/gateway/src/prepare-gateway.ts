import { METRICS_REGISTRY } from '@fiction/platform';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Registry } from 'prom-client';
import { Admission } from './access/admission';
import { authentication } from './access/authentication';
import { AuditTrail } from './audit/audit-trail';
import { auditing } from './audit/auditing';
import { RoutePatterns } from './audit/route-patterns';
import { FeedAdapter } from './sockets/feed.adapter';
import { allowedMethod } from './door/allowed-method';
import { serveApiDocs } from './http/api-docs';
import { correlation } from './door/correlation';
import { frontDoor } from './door/front-door';
import { readableAddress } from './door/readable-address';
import { requestMetrics } from './door/request-metrics';
import { securityHeaders } from './door/security-headers';
import { bodyParsers } from './limits/body-parsers';
import { rateLimiting } from './limits/rate-limiting';
import { RequestLimit } from './limits/request-limit';

/**
 * What stands before every route, in this order: a name for the request, headers that keep browsers in line, the token,
 * what writes it down, how often it came, whether there is such an address, and only then the body. CORS is closed: no other site's page may read an
 * answer.
 */
export function prepareGateway(app: NestExpressApplication): void {
  app.disable('x-powered-by');
  app.disable('etag');
  app.setGlobalPrefix('api', { exclude: ['healthz', 'readyz', 'metrics'] });
  app.use(correlation);
  app.use(requestMetrics(app.get<Registry>(METRICS_REGISTRY)));
  app.use(securityHeaders());
  app.use(frontDoor);
  app.use(authentication(app.get(Admission)));
  const routes = new RoutePatterns(app);
  app.use(auditing(app.get(AuditTrail), routes));
  app.use(rateLimiting(app.get(RequestLimit)));
  app.use(readableAddress);
  app.use(allowedMethod(routes));
  for (const parser of bodyParsers()) app.use(parser);
  serveApiDocs(app);
  app.useWebSocketAdapter(new FeedAdapter(app));
}
