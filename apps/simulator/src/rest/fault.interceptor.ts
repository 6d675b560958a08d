import { setTimeout as sleep } from 'node:timers/promises';
import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { lastValueFrom, of, type Observable } from 'rxjs';
import { Counters } from '../control/counters';
import { FaultBoard } from '../faults/fault-board';
import type { ApiFault, FaultRequest } from '../faults/fault-plan';
import { cutConnection } from './cut-connection';
import { refusals, TwilioError } from './twilio-error';

/** Makes the API slow and wrong as asked. A slow answer is slow after the message was accepted: the dangerous order. */
@Injectable()
export class FaultInterceptor implements NestInterceptor {
  constructor(
    private readonly board: FaultBoard,
    private readonly counters: Counters,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler<unknown>): Promise<Observable<unknown>> {
    const { plan } = this.board;
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const sends = request.method === 'POST' && request.url.endsWith('/Messages.json');
    const to = request.body instanceof URLSearchParams ? request.body.get('To') : null;
    const fault = sends || plan.request.onReads ? plan.apiFault(to) : undefined;
    const latencyMs = plan.latencyMs();
    if (fault === undefined && latencyMs === 0) {
      return next.handle();
    }
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return of(await this.answer({ fault, latencyMs, faults: plan.request, next, reply }));
  }

  private async answer(situation: Situation): Promise<unknown> {
    const { fault, latencyMs, faults, next, reply } = situation;
    if (fault !== undefined) {
      this.counters.add(`faults.${fault}`);
    }
    if (fault === 'refuse') {
      cutConnection(reply);
      return undefined;
    }
    const refusal = refusalBefore(fault, faults);
    const answer = refusal ? undefined : await lastValueFrom(next.handle());
    await sleep(latencyMs, undefined, { ref: false });
    if (refusal) {
      throw refusal;
    }
    if (fault === 'failAfter') {
      throw refusals.serverError(faults.failStatus);
    }
    if (fault === 'cutAfter') {
      cutConnection(reply);
    }
    return answer;
  }
}

interface Situation {
  readonly fault: ApiFault | undefined;
  readonly latencyMs: number;
  readonly faults: FaultRequest;
  readonly next: CallHandler<unknown>;
  readonly reply: FastifyReply;
}

function refusalBefore(fault: ApiFault | undefined, faults: FaultRequest): TwilioError | undefined {
  switch (fault) {
    case 'rateLimit':
      return refusals.tooManyRequests();
    case 'failBefore':
      return refusals.serverError(faults.failStatus);
    case 'reject':
      return new TwilioError(faults.rejectStatus, faults.rejectCode, 'Refused by a simulated fault');
    case 'refuse':
    case 'failAfter':
    case 'cutAfter':
    case undefined:
      return undefined;
  }
}
