import { Module } from '@nestjs/common';
import { APP_GUARD, DiscoveryModule } from '@nestjs/core';
import { LimitsModule } from '../limits/limits.module';
import { AccessTokens } from '../tokens/access-tokens';
import { Admission } from './admission';
import { BootstrapToken } from '../tokens/bootstrap-token';
import { RoleGuard } from './role.guard';
import { RouteRolesCheck } from './route-roles.check';

/** Who comes in, and what they may do. */
@Module({
  imports: [DiscoveryModule, LimitsModule],
  providers: [AccessTokens, Admission, BootstrapToken, RouteRolesCheck, { provide: APP_GUARD, useClass: RoleGuard }],
  exports: [AccessTokens, Admission, LimitsModule],
})
export class AccessModule {}
