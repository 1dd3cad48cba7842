import { SetMetadata } from '@nestjs/common';
import type { Role } from './roles';

/** Metadata key under which a route carries its least role. */
export const REQUIRED_ROLE = 'fiction:required-role';

/** The least role that may use a route; every route of the gateway says one. */
export const RequiresRole = (role: Role) => SetMetadata(REQUIRED_ROLE, role);
