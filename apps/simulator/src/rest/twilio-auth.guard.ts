import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { LiveSettings } from '../live-settings';
import { refusals } from './twilio-error';

/** HTTP basic authentication with the account's SID and token, or with an API key; the path must name the same account. */
@Injectable()
export class TwilioAuthGuard implements CanActivate {
  constructor(private readonly settings: LiveSettings) {}

  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<FastifyRequest<{ Params: { accountSid?: string } }>>();
    if (!this.isAuthorized(request.headers.authorization)) {
      throw refusals.unauthorized();
    }
    const { accountSid } = request.params;
    if (accountSid !== undefined && accountSid !== this.settings.accountSid) {
      throw refusals.notFound(request.url);
    }
    return true;
  }

  isAuthorized(header: string | undefined): boolean {
    const { accountSid, authToken, apiKey } = this.settings;
    const encoded = /^Basic ([A-Za-z0-9+/=]+)$/i.exec(header ?? '')?.[1];
    const given = encoded === undefined ? '' : Buffer.from(encoded, 'base64').toString();
    return (
      given === `${accountSid}:${authToken}` ||
      (apiKey !== undefined && given === `${apiKey.sid}:${apiKey.secret}`)
    );
  }
}
