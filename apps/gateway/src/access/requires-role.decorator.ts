import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiExtension } from '@nestjs/swagger';
import type { Role } from './roles';

/** Metadata key under which a route carries its least role. */
export const REQUIRED_ROLE = 'fiction:required-role';
/** The same in the API's description. */
export const REQUIRED_ROLE_EXTENSION = 'x-required-role';

/** The least role that may use a route; every route of the gateway says one, and the API's description tells it. */
export const RequiresRole = (role: Role) =>
  applyDecorators(SetMetadata(REQUIRED_ROLE, role), ApiExtension(REQUIRED_ROLE_EXTENSION, role));
