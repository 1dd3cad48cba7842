import { MAX_BRIEF_BYTES } from '@fiction/contracts';
import { METRICS_REGISTRY } from '@fiction/platform';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { json, raw } from 'express';
import type { Registry } from 'prom-client';
import { AccessTokens } from './access/access-tokens';
import { authentication } from './access/authentication';
import { FeedAdapter } from './feed/feed.adapter';
import { serveApiDocs } from './http/api-docs';
import { correlation } from './http/correlation';
import { requestMetrics } from './http/request-metrics';
import { securityHeaders } from './http/security-headers';

/**
 * What stands before every route, in this order: a name for the request, headers that keep browsers in line, the token,
 * and only then the body. CORS is closed: no other site's page may read an answer.
 */
export function prepareGateway(app: NestExpressApplication): void {
  app.disable('x-powered-by');
  app.disable('etag');
  app.setGlobalPrefix('api', { exclude: ['healthz', 'readyz', 'metrics'] });
  app.use(correlation);
  app.use(requestMetrics(app.get<Registry>(METRICS_REGISTRY)));
  app.use(securityHeaders());
  app.use(authentication(app.get(AccessTokens)));
  app.use(json({ limit: MAX_BRIEF_BYTES }));
  app.use(raw({ type: 'text/markdown', limit: MAX_BRIEF_BYTES }));
  serveApiDocs(app);
  app.useWebSocketAdapter(new FeedAdapter(app));
}
