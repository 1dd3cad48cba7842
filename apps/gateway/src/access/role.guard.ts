import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { RoleInsufficientError, TokenMissingError } from './access.errors';
import { callerOf } from './caller';
import { isOpen } from '../door/open-paths';
import { REQUIRED_ROLE } from './requires-role.decorator';
import { allows, type Role } from './roles';

/** Lets a caller use a route when the role is enough. Without a role of its own a route is for administrators. */
@Injectable()
export class RoleGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    // Sockets are let in, or not, when they connect.
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<Request>();
    if (isOpen(request)) return true;
    const caller = callerOf(request);
    if (caller === undefined) throw new TokenMissingError();
    const needed =
      this.reflector.getAllAndOverride<Role | undefined>(REQUIRED_ROLE, [context.getHandler(), context.getClass()]) ??
      (request.path === '/metrics' ? 'viewer' : 'admin');
    if (!allows(caller.role, needed)) throw new RoleInsufficientError(needed, caller.role);
    return true;
  }
}
