import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AccessService, IS_PUBLIC, mayActAs, type Role } from '@app/access';
import { ProblemException } from '../http/problem.exception';
import { NEEDED_ROLE } from './needs-role.decorator';
import type { StaffRequest } from './staff-request';

const READING = new Set(['GET', 'HEAD']);
const BEARER = /^Bearer +([\w.~+/-]+=*)$/i;

/** Closes every route that is not marked `@Public()`. */
@Injectable()
export class StaffGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly access: AccessService,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const places = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean | undefined>(IS_PUBLIC, places)) {
      return true;
    }
    const request = context.switchToHttp().getRequest<StaffRequest>();
    const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) {
      throw unauthenticated('Log in, and send the token in the header `Authorization: Bearer <token>`.');
    }
    const staff = await this.access.authenticate(token);
    if (!staff.ok) {
      throw unauthenticated(staff.refusal.detail, ', error="invalid_token"');
    }
    const needed =
      this.reflector.getAllAndOverride<Role | undefined>(NEEDED_ROLE, places) ??
      (READING.has(request.method) ? 'viewer' : 'manager');
    if (!mayActAs(staff.value.role, needed)) {
      throw new ProblemException(
        { code: 'FORBIDDEN', detail: `This needs the role ${needed}; you are ${staff.value.role}.` },
        { 'www-authenticate': 'Bearer realm="pasal", error="insufficient_scope"' },
      );
    }
    request.staff = { ...staff.value, correlationId: request.id };
    return true;
  }
}

function unauthenticated(detail: string, error = ''): ProblemException {
  return new ProblemException(
    { code: 'UNAUTHENTICATED', detail },
    { 'www-authenticate': `Bearer realm="pasal"${error}` },
  );
}
