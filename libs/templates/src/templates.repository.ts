import { Injectable } from '@nestjs/common';
import { queryRows, type Tx } from '@app/database';
import type { BoundTopic } from './domain/template-file';
import type { Template } from './template';

/** A template as the provider and our files tell of it. */
export type SyncedTemplate = Omit<Template, 'syncedAt'> & {
  /** Whether a file of ours says what it is for; else what is known of that stays. */
  hasFile: boolean;
};

@Injectable()
export class TemplatesRepository {
  list(tx: Tx): Promise<Template[]> {
    return queryRows<Template>(
      tx,
      `SELECT content_sid AS "contentSid", account, name, language, topic, category, approval,
              rejection_reason AS "rejectionReason", body, variables, created_at AS "createdAt", synced_at AS "syncedAt"
       FROM templates ORDER BY account, name, language, created_at`,
    );
  }

  /** The approved template of an account for a kind of message: in the first of the languages that has one, the newest. */
  async bound(
    tx: Tx,
    account: string,
    topic: BoundTopic,
    languages: readonly string[],
  ): Promise<Pick<Template, 'contentSid' | 'name' | 'body' | 'variables'> | undefined> {
    const [row] = await queryRows<Template>(
      tx,
      `SELECT content_sid AS "contentSid", name, body, variables FROM templates
       WHERE topic = $1 AND approval = 'approved' AND split_part(language, '_', 1) = ANY($2::text[]) AND account = $3
       ORDER BY array_position($2::text[], split_part(language, '_', 1)), created_at DESC LIMIT 1`,
      [topic, languages, account],
    );
    return row;
  }

  async accountOf(tx: Tx, contentSid: string): Promise<string | undefined> {
    const [row] = await queryRows<{ account: string }>(
      tx,
      'SELECT account FROM templates WHERE content_sid = $1 AND account IS NOT NULL',
      [contentSid],
    );
    return row?.account;
  }

  /** Gives what has no account yet to this one. */
  async adopt(tx: Tx, account: string): Promise<void> {
    await tx.query('UPDATE templates SET account = $1 WHERE account IS NULL', [account]);
  }

  /** Keeps what the provider has for an account, and nothing else of it. */
  async replace(tx: Tx, account: string, templates: readonly SyncedTemplate[]): Promise<void> {
    await tx.query(
      `INSERT INTO templates (content_sid, account, name, language, topic, category, approval, rejection_reason, body, variables,
                              created_at, synced_at)
       SELECT "contentSid", account, name, language, topic, category, approval, "rejectionReason", body, variables, "createdAt", now()
       FROM json_to_recordset($1)
         AS t ("contentSid" text, account text, name text, language text, topic text, category text, approval text,
               "rejectionReason" text, body text, variables jsonb, "createdAt" timestamptz)
       ORDER BY "contentSid"
       ON CONFLICT (content_sid) DO UPDATE
       SET account = excluded.account, category = excluded.category, approval = excluded.approval, rejection_reason = excluded.rejection_reason,
           topic = CASE WHEN excluded.content_sid = ANY($2::text[]) THEN excluded.topic ELSE templates.topic END,
           variables = CASE WHEN excluded.content_sid = ANY($2::text[]) THEN excluded.variables ELSE templates.variables END,
           synced_at = now()`,
      [
        JSON.stringify(templates),
        templates.filter(({ hasFile }) => hasFile).map(({ contentSid }) => contentSid),
      ],
    );
    await tx.query('DELETE FROM templates WHERE account = $2 AND content_sid <> ALL($1::text[])', [
      templates.map(({ contentSid }) => contentSid),
      account,
    ]);
  }
}
