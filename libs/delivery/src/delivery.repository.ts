import { Injectable } from '@nestjs/common';
import { queryRows, type Tx } from '@app/database';

export interface StoredEvent {
  status: string;
  errorCode: number | null;
  at: Date;
}

@Injectable()
export class DeliveryRepository {
  eventsOf(tx: Tx, messageId: string): Promise<StoredEvent[]> {
    return queryRows<StoredEvent>(
      tx,
      `SELECT status, error_code AS "errorCode", received_at AS at FROM delivery_events
       WHERE message_id = $1 ORDER BY received_at, id`,
      [messageId],
    );
  }
}
