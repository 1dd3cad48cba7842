import type { NestExpressApplication } from '@nestjs/platform-express';

/** An address as a route's pattern, `/api/fiction/plans/{planId}`, and the ids in it. */
export interface MatchedRoute {
  route: string;
  parameters: Record<string, string>;
}

interface Pattern {
  methods: Record<string, boolean>;
  route: string;
  expression: RegExp;
}
/** As far as we look at what Express keeps of its routes. */
interface Layer {
  route?: { path: unknown; methods: Record<string, boolean> };
}

const NONE: MatchedRoute = { route: '(none)', parameters: {} };

/**
 * Which route an address belongs to. Express tells it only to the route itself, and a request that is refused before,
 * for its body or its number, would have none.
 */
export class RoutePatterns {
  private patterns: Pattern[] | undefined;

  constructor(private readonly app: Pick<NestExpressApplication, 'getHttpAdapter'>) {}

  match(method: string, path: string): MatchedRoute {
    // Routes are added when the application starts, after what stands before them.
    this.patterns ??= this.read();
    for (const { methods, route, expression } of this.patterns) {
      const found = methods[method.toLowerCase()] === true ? expression.exec(path) : null;
      if (found !== null) return { route, parameters: decoded(found.groups ?? {}) };
    }
    return NONE;
  }

  /** Methods that an address takes; none when there is no such address. */
  methodsOf(path: string): string[] {
    this.patterns ??= this.read();
    const found = this.patterns.filter(({ expression }) => expression.test(path));
    const methods = new Set(found.flatMap((one) => Object.keys(one.methods).filter((name) => one.methods[name])));
    if (methods.has('get')) methods.add('head');
    return [...methods].map((name) => name.toUpperCase()).sort();
  }

  private read(): Pattern[] {
    const { router } = this.app.getHttpAdapter().getInstance() as unknown as { router: { stack: Layer[] } };
    return router.stack.flatMap(({ route }) =>
      typeof route?.path === 'string' ? [patternOf(route.path, route.methods)] : [],
    );
  }
}

function patternOf(path: string, methods: Record<string, boolean>): Pattern {
  const source = path
    .split('/')
    .map((part) => (part.startsWith(':') ? `(?<${part.slice(1)}>[^/]+)` : part.replaceAll(/[^\w-]/g, '\\$&')))
    .join('/');
  return {
    methods,
    route: path.replaceAll(/:(\w+)/g, '{$1}'),
    expression: new RegExp(`^${source}/?$`, 'i'),
  };
}

function decoded(parameters: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, decode(value)]));
}

function decode(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
