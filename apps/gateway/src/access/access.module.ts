import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { AccessTokens } from './access-tokens';
import { BootstrapToken } from './bootstrap-token';
import { RoleGuard } from './role.guard';
import { RouteRolesCheck } from './route-roles.check';

/** Who comes in, and what they may do. */
@Module({
  imports: [DiscoveryModule],
  providers: [AccessTokens, BootstrapToken, RouteRolesCheck, { provide: APP_GUARD, useClass: RoleGuard }],
  exports: [AccessTokens],
})
export class AccessModule {}
