import { Injectable } from '@nestjs/common';
import { AuditLog, type Staff } from '@app/access';
import {
  type Broadcast,
  type BroadcastCommand,
  type BroadcastDraft,
  BroadcastsService,
  type Segment,
} from '@app/broadcasts';
import { Senders } from '@app/config';
import { Database } from '@app/database';
import { ok, refuse, type Result } from '@app/kernel';
import { TemplatesService } from '@app/templates';
import { toRecipient } from '../http/recipient';
import { toSender } from '../http/sender';

/** What staff do with broadcasts, and the record of it: one transaction. */
@Injectable()
export class StaffBroadcastsService {
  constructor(
    private readonly senders: Senders,
    private readonly database: Database,
    private readonly broadcasts: BroadcastsService,
    private readonly templates: TemplatesService,
    private readonly audit: AuditLog,
  ) {}

  /** Refuses with VALIDATION_FAILED or SENDER_INVALID. */
  async create(draft: BroadcastDraft, by: Staff): Promise<Result<Broadcast>> {
    const segment = withAddresses(draft.segment);
    if (!segment.ok) {
      return segment;
    }
    const sender = toSender(this.senders, draft.sender ?? this.senders.first.address, 'sender');
    if (!sender.ok) {
      return sender;
    }
    return this.database.transaction(async (tx) => {
      const { content } = draft;
      if (
        content.type === 'template' &&
        !(await this.templates.mayUse(tx, sender.value, content.contentSid))
      ) {
        return refuse('VALIDATION_FAILED', 'The template belongs to the account of another sender.', [
          { field: 'content.contentSid', message: 'must be a template of the account of the sender' },
        ]);
      }
      const created = await this.broadcasts.create(tx, {
        ...draft,
        sender: sender.value,
        segment: segment.value,
      });
      if (created.ok) {
        const { id, status, messagesPerMinute, budget } = created.value;
        await this.audit.record(tx, {
          by,
          action: 'broadcast.create',
          target: { type: 'broadcast', id },
          after: { status, messagesPerMinute, budget },
        });
      }
      return created;
    });
  }

  /**
   * A command that was given before changes nothing and is not recorded again. Refuses with BROADCAST_NOT_FOUND or
   * BROADCAST_TRANSITION_NOT_ALLOWED.
   */
  command(id: string, command: BroadcastCommand, by: Staff): Promise<Result<Broadcast>> {
    return this.database.transaction(async (tx) => {
      const obeyed = await this.broadcasts.command(tx, id, command);
      if (!obeyed.ok) {
        return obeyed;
      }
      const { before, broadcast } = obeyed.value;
      if (before !== broadcast.status) {
        await this.audit.record(tx, {
          by,
          action: `broadcast.${command}`,
          target: { type: 'broadcast', id: broadcast.id },
          before: { status: before },
          after: { status: broadcast.status },
        });
      }
      return ok(broadcast);
    });
  }
}

/** Addresses as the channel has them, from what people type. */
function withAddresses(segment: Segment): Result<Segment> {
  if (segment.addresses === undefined) {
    return ok(segment);
  }
  const addresses: string[] = [];
  for (const [index, typed] of segment.addresses.entries()) {
    const address = toRecipient(typed);
    if (!address.ok) {
      const message = address.refusal.errors?.[0]?.message ?? address.refusal.detail;
      return refuse('VALIDATION_FAILED', 'One of the addresses is not an address on WhatsApp.', [
        { field: `segment.addresses.${index}`, message },
      ]);
    }
    addresses.push(address.value);
  }
  return ok({ ...segment, addresses });
}
