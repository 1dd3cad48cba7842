import { Injectable, RequestMethod, type OnApplicationBootstrap } from '@nestjs/common';
import { METHOD_METADATA, PATH_METADATA } from '@nestjs/common/constants';
import { DiscoveryService, MetadataScanner, Reflector } from '@nestjs/core';
import { REQUIRED_ROLE } from './requires-role.decorator';

/** Health and metrics come with the platform and know no roles. */
const WITHOUT_ROLE = new Set(['healthz', 'readyz', 'metrics']);

/** A route does not say who may use it. */
export class RouteRoleError extends Error {
  readonly code = 'ROUTE_ROLE_MISSING';
}

/** Fails at start-up when a route has no `@RequiresRole`, so that none can be forgotten. */
@Injectable()
export class RouteRolesCheck implements OnApplicationBootstrap {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly reflector: Reflector,
  ) {}

  onApplicationBootstrap(): void {
    const without = this.discovery
      .getControllers()
      .flatMap(({ metatype }) => (typeof metatype === 'function' ? this.routesWithoutRole(metatype) : []));
    if (without.length > 0) throw new RouteRoleError(`@RequiresRole is missing on ${without.join(', ')}`);
  }

  private routesWithoutRole(controller: Function): string[] {
    const prototype = controller.prototype as Record<string, Function>;
    return new MetadataScanner().getAllMethodNames(prototype).flatMap((name) => {
      const handler = prototype[name]!;
      const method = Reflect.getMetadata(METHOD_METADATA, handler) as RequestMethod | undefined;
      if (method === undefined || WITHOUT_ROLE.has(Reflect.getMetadata(PATH_METADATA, handler) as string)) return [];
      const role = this.reflector.getAllAndOverride<unknown>(REQUIRED_ROLE, [handler, controller]);
      return role === undefined ? [`${controller.name}.${name}`] : [];
    });
  }
}
