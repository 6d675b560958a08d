import { Injectable } from '@nestjs/common';
import { queryRows, type Tx } from '@app/database';
import { type Consent, type ConsentEvent, type ConsentState, consentTopics } from './domain/consent';

/** A shopper with what they want to hear of. */
export interface ShopperRecord {
  id: string;
  name: string;
  language: string;
  /** Every address that is known to be this shopper's. */
  addresses: string[];
  /** Since when the shopper wants no messages at all. */
  optedOutAt: Date | null;
  createdAt: Date;
  /** Where each topic stands. */
  consents: Consent[];
}

/** More than a shopper ever says about it. */
const LONGEST_HISTORY = 200;

@Injectable()
export class ConsentsRepository {
  async find(tx: Tx, shopperId: string): Promise<ShopperRecord | undefined> {
    const [row] = await queryRows<ShopperRecord>(
      tx,
      `SELECT s.id, s.name, s.language, s.opted_out_at AS "optedOutAt", s.created_at AS "createdAt",
              (SELECT coalesce(json_agg(address ORDER BY address), '[]') FROM shopper_identities
               WHERE shopper_id = s.id) AS addresses,
              (SELECT json_agg(json_build_object(
                        'topic', topic, 'state', consent_state(s.id, topic),
                        'source', (SELECT source FROM consents WHERE shopper_id = s.id AND consents.topic = about.topic
                                   ORDER BY id DESC LIMIT 1)) ORDER BY place)
               FROM unnest($2::text[]) WITH ORDINALITY AS about (topic, place)) AS consents
       FROM shoppers s WHERE s.id = $1`,
      [shopperId, consentTopics],
    );
    return row;
  }

  /** The shopper's row stays locked until the commit, so that a STOP at this moment comes before or after, and not between. */
  async lock(tx: Tx, shopperId: string): Promise<void> {
    await tx.query('SELECT FROM shoppers WHERE id = $1 FOR NO KEY UPDATE', [shopperId]);
  }

  async add(tx: Tx, shopperId: string, { topic, state, source }: Omit<ConsentEvent, 'at'>): Promise<void> {
    await tx.query('INSERT INTO consents (shopper_id, topic, state, source) VALUES ($1, $2, $3, $4)', [
      shopperId,
      topic,
      state,
      source,
    ]);
  }

  /** Newest first. */
  history(tx: Tx, shopperId: string): Promise<ConsentEvent[]> {
    return queryRows<ConsentEvent>(
      tx,
      'SELECT topic, state, source, at FROM consents WHERE shopper_id = $1 ORDER BY id DESC LIMIT $2',
      [shopperId, LONGEST_HISTORY],
    );
  }

  /** The history tells of changes only: a second STOP is none. */
  async setOptedOut(tx: Tx, shopperId: string, state: ConsentState): Promise<void> {
    await tx.query(
      `WITH changed AS (
         UPDATE shoppers
         SET opted_out_at = CASE $2 WHEN 'withdrawn' THEN coalesce(opted_out_at, now()) END, opted_out_code = NULL
         WHERE id = $1 AND ((opted_out_at IS NULL) = ($2 = 'withdrawn') OR opted_out_code IS NOT NULL) RETURNING id
       )
       INSERT INTO consents (shopper_id, topic, state, source) SELECT id, 'all', $2, 'shopper' FROM changed`,
      [shopperId, state],
    );
  }
}
