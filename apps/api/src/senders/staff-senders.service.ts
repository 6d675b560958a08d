import { Injectable } from '@nestjs/common';
import { AuditLog, type Staff } from '@app/access';
import { Senders, type ShopSender } from '@app/config';
import { Database } from '@app/database';
import { ok, refuse, type Result } from '@app/kernel';
import { type Sender, SenderStops } from '@app/outbox';

/** A sender with its settings; without, when it is not among the shop's senders any more. */
export interface StaffSender extends Sender {
  settings: ShopSender | undefined;
}

/** What staff see of senders and do with them, and the record of it. */
@Injectable()
export class StaffSendersService {
  constructor(
    private readonly senders: Senders,
    private readonly database: Database,
    private readonly stops: SenderStops,
    private readonly audit: AuditLog,
  ) {}

  async list(): Promise<StaffSender[]> {
    const listed = await this.stops.list(this.senders.all.map(({ address }) => address));
    return listed.map((sender) => ({ ...sender, settings: this.senders.byAddress(sender.address) }));
  }

  /** Refuses with SENDER_NOT_FOUND or SENDER_NOT_STOPPED. */
  async resume(address: string, by: Staff): Promise<Result<StaffSender>> {
    const sender = (await this.list()).find((candidate) => candidate.address === address);
    if (!sender) {
      return refuse('SENDER_NOT_FOUND', 'No sender of the shop has this address.');
    }
    return this.database.transaction(async (tx) => {
      const resumed = await this.stops.resume(tx, address);
      if (!resumed.ok) {
        return resumed;
      }
      const { stoppedAt, code } = resumed.value;
      await this.audit.record(tx, {
        by,
        action: 'sender.resume',
        target: { type: 'sender', id: address },
        before: { state: 'stopped', stoppedAt: stoppedAt.toISOString(), code },
        after: { state: 'active' },
      });
      return ok({ ...sender, stop: null });
    });
  }
}
