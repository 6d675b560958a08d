import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Staff } from '@app/access';

/** A request that {@link StaffGuard} let through. */
export interface StaffRequest extends FastifyRequest {
  staff?: Staff;
}

/** Who of the staff makes this request. */
export const CurrentStaff = createParamDecorator((_: unknown, context: ExecutionContext): Staff => {
  const { staff } = context.switchToHttp().getRequest<StaffRequest>();
  if (!staff) {
    throw new Error('a public route has no staff member');
  }
  return staff;
});
