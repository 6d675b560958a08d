import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Accounts, type SimulatedAccount } from '../accounts';
import { refusals } from './twilio-error';

/** A request of an account that has proved who it is. */
export interface AuthorizedRequest extends FastifyRequest {
  account: SimulatedAccount;
}

/** HTTP basic authentication with an account's SID and token, or with its API key; the path must name the same account. */
@Injectable()
export class TwilioAuthGuard implements CanActivate {
  constructor(private readonly accounts: Accounts) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<AuthorizedRequest>();
    const account = this.accounts.authenticated(request.headers.authorization);
    if (!account) {
      throw refusals.unauthorized();
    }
    const { accountSid } = request.params as { accountSid?: string };
    if (accountSid !== undefined && accountSid !== account.sid) {
      throw refusals.notFound(request.url);
    }
    request.account = account;
    return true;
  }
}
