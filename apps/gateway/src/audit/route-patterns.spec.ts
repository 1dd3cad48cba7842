import type { NestExpressApplication } from '@nestjs/platform-express';
import { RoutePatterns } from './route-patterns';

const layer = (method: string, path: string) => ({ route: { path, methods: { [method]: true } } });
const routes = new RoutePatterns({
  getHttpAdapter: () => ({
    getInstance: () => ({
      router: {
        stack: [
          {},
          layer('post', '/api/plans'),
          layer('post', '/api/plans/latest'),
          layer('post', '/api/plans/:planId'),
          layer('delete', '/api/plans/:planId/scenes/:sceneId'),
          layer('post', '/api/plans/:planId/drafts.txt'),
        ],
      },
    }),
  }),
} as unknown as NestExpressApplication);

describe('RoutePatterns', () => {
  it.each([
    ['POST', '/api/plans', '/api/plans', {}],
    ['POST', '/API/plans/', '/api/plans', {}],
    ['POST', '/api/plans/latest', '/api/plans/latest', {}],
    ['POST', '/api/plans/p%201', '/api/plans/{planId}', { planId: 'p 1' }],
    ['POST', '/api/plans/%FF', '/api/plans/{planId}', { planId: '%FF' }],
    ['DELETE', '/api/plans/p/scenes/s', '/api/plans/{planId}/scenes/{sceneId}', { planId: 'p', sceneId: 's' }],
    ['POST', '/api/plans/p/drafts.txt', '/api/plans/{planId}/drafts.txt', { planId: 'p' }],
    ['POST', '/api/plans/p/draftsxtxt', '(none)', {}],
    ['DELETE', '/api/plans/p', '(none)', {}],
    ['POST', '/', '(none)', {}],
  ])('%s %s is of the route %s', (method, path, route, parameters) => {
    expect(routes.match(method, path)).toEqual({ route, parameters });
  });
});
