import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '@app/database';
import { ok, refuse, type Result } from '@app/kernel';
import { ConsentsRepository, type ShopperRecord } from './consents.repository';
import { type ConsentEvent, type ConsentState, type ConsentTopic, staffMayRecord } from './domain/consent';

const ID = /^\d{1,18}$/;

/** A shopper and all that was said about consent, newest first. */
export interface ShopperWithHistory {
  shopper: ShopperRecord;
  history: readonly ConsentEvent[];
}

/** What shoppers want to hear of. It holds where a message is claimed for sending: see `consent_refusal` in the schema. */
@Injectable()
export class ConsentsService {
  constructor(
    private readonly database: Database,
    private readonly consents: ConsentsRepository,
  ) {}

  /** The shopper said STOP (`withdrawn`) or START: nothing but answers goes to them after a STOP. */
  setOptedOut(tx: Tx, shopperId: string, state: ConsentState): Promise<void> {
    return this.consents.setOptedOut(tx, shopperId, state);
  }

  /** The shopper wants, or does not want, to hear of a topic. */
  record(tx: Tx, shopperId: string, topic: ConsentTopic, state: ConsentState): Promise<void> {
    return this.consents.add(tx, shopperId, { topic, state, source: 'shopper' });
  }

  /**
   * What a shopper told staff. `before` is where the topic stood.
   * Refuses with SHOPPER_NOT_FOUND, SHOPPER_OPTED_OUT, CONSENT_WITHDRAWN_BY_SHOPPER.
   */
  async recordForStaff(
    tx: Tx,
    shopperId: string,
    topic: ConsentTopic,
    state: ConsentState,
  ): Promise<Result<{ before: ConsentState }>> {
    if (!ID.test(shopperId)) {
      return notFound(shopperId);
    }
    await this.consents.lock(tx, shopperId);
    const shopper = await this.consents.find(tx, shopperId);
    const current = shopper?.consents.find((consent) => consent.topic === topic);
    if (!shopper || !current) {
      return notFound(shopperId);
    }
    const allowed = staffMayRecord(state, current, shopper.optedOutAt !== null);
    if (!allowed.ok) {
      return allowed;
    }
    await this.consents.add(tx, shopperId, { topic, state, source: 'staff' });
    return ok({ before: current.state });
  }

  /** Refuses with SHOPPER_NOT_FOUND. */
  async read(shopperId: string): Promise<Result<ShopperWithHistory>> {
    const shopper = ID.test(shopperId) ? await this.consents.find(this.database.pool, shopperId) : undefined;
    return shopper
      ? ok({ shopper, history: await this.consents.history(this.database.pool, shopperId) })
      : notFound(shopperId);
  }
}

function notFound(shopperId: string): Result<never> {
  return refuse('SHOPPER_NOT_FOUND', `No shopper has the id ${shopperId}.`);
}
