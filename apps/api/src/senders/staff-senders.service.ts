import { Inject, Injectable } from '@nestjs/common';
import { AuditLog, type Staff } from '@app/access';
import { SETTINGS, type Settings } from '@app/config';
import { Database } from '@app/database';
import { ok, refuse, type Result } from '@app/kernel';
import { type Sender, SenderStops } from '@app/outbox';

/** What staff see of senders and do with them, and the record of it. */
@Injectable()
export class StaffSendersService {
  constructor(
    @Inject(SETTINGS) private readonly settings: Settings,
    private readonly database: Database,
    private readonly stops: SenderStops,
    private readonly audit: AuditLog,
  ) {}

  list(): Promise<Sender[]> {
    const { twilioWhatsappFrom, twilioSmsFrom } = this.settings;
    return this.stops.list(
      twilioSmsFrom === undefined ? [twilioWhatsappFrom] : [twilioWhatsappFrom, twilioSmsFrom],
    );
  }

  /** Refuses with SENDER_NOT_FOUND or SENDER_NOT_STOPPED. */
  async resume(address: string, by: Staff): Promise<Result<Sender>> {
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
