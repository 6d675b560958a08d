import { Injectable } from '@nestjs/common';
import { queryRows, type Tx } from '@app/database';
import type { WaitingTurn } from '@app/inbox';
import { isStopped, nothingInDoubt, type QueuedMessage, windowIsOpen } from '@app/outbox';
import type { Menu } from './domain/menus';
import { LOCKED_CONVERSATION, type LockedConversation } from './locked-conversation';
import type { Outcome, TurnRun } from './turn-run';

/** A turn whose messages are still the caller's; its conversation where that is known and could be locked. */
export type HeldTurn = { head: string; now: Date } & (LockedConversation | { id: null });

/** A part of a reply, in the order in which the parts are sent. */
export interface ReplyRow {
  conversationId: string;
  sender: string;
  /** The sender's account: a menu must be one of its own; null for a sender that is none of the shop any more. */
  account: string | null;
  address: string;
  body: string;
  /** Goes out for the body where the provider has it. */
  menu: Menu | null;
  inReplyTo: readonly string[];
  correlationId: string;
  /** When the newest message arrived that was answered: it opens the window. */
  lastInboundAt: Date | null;
  position: number;
}

/** What a batch of turns leaves behind. */
export interface Written {
  /** Heads of turns during which more mail was rung for. */
  rungAgain: ReadonlySet<string>;
  /** Replies that are in flight now; missing is what must wait behind something else. */
  claimed: readonly QueuedMessage[];
}

/** Another worker has taken a message over: nothing of this transaction may be committed. */
export class TurnTakenOver extends Error {}

type WrittenRow = { settled: number; rungAgain: string[] | null } & (QueuedMessage | { id: null });

/** The two statements of every turn, each over many conversations: they are few because each is a round trip. */
@Injectable()
export class TurnRepository {
  /**
   * Holds the turns' oldest messages, which tells a slow worker from a dead one, and locks their conversations in id
   * order. `NO KEY`, because rows that refer to a conversation may be written meanwhile. Missing is a turn that somebody
   * else has taken over.
   * @param whenLocked whether to wait for a conversation that somebody holds, or to leave it out
   */
  hold(tx: Tx, turns: readonly WaitingTurn[], whenLocked: 'wait' | 'skip'): Promise<HeldTurn[]> {
    return queryRows<HeldTurn>(
      tx,
      `WITH turn AS MATERIALIZED (
         SELECT * FROM json_to_recordset($1) AS t (head bigint, attempts int, sender text, address text)
       ), held AS MATERIALIZED (
         SELECT head FROM turn JOIN inbox_messages AS m ON m.id = head
         WHERE m.status = 'pending' AND m.attempts = turn.attempts ORDER BY head FOR NO KEY UPDATE OF m
       ), locked AS MATERIALIZED (
         SELECT head, ${LOCKED_CONVERSATION}
         FROM turn
         JOIN shopper_identities known ON known.address = turn.address
         JOIN shoppers s ON s.id = known.shopper_id
         JOIN conversations c ON c.shopper_id = s.id AND c.sender = turn.sender
         WHERE head IN (SELECT head FROM held)
         ORDER BY c.id FOR NO KEY UPDATE OF c ${whenLocked === 'skip' ? 'SKIP LOCKED' : ''}
       )
       SELECT locked.*, held.head, clock_timestamp() AS now FROM held LEFT JOIN locked USING (head)`,
      [
        JSON.stringify(
          turns.map(({ messages: [{ id, attempts, sender, address }] }) => ({
            head: id,
            attempts,
            sender,
            address,
          })),
        ),
      ],
    );
  }

  /**
   * Writes what became of the messages, where the conversations stand, and the replies, the first part of each in flight
   * already, unless something is on its way to that recipient or waits ahead: a reply does not wait behind bulk. What is
   * on its way may be put back in the queue at this very moment; it is ahead all the same. Nor while its sender is stopped.
   * @throws TurnTakenOver when a message is no longer the caller's
   */
  async write(
    tx: Tx,
    outcomes: readonly Outcome[],
    runs: readonly TurnRun[],
    replies: readonly ReplyRow[],
  ): Promise<Written> {
    const claimedSince = Date.now();
    const rows = await queryRows<WrittenRow>(
      tx,
      `WITH settled AS (
         UPDATE inbox_messages AS m
         SET status = t.status, attempts = m.attempts - t."givenBack"::int, leased_until = NULL, last_error = t.error,
             not_before = coalesce(clock_timestamp() + t."waitMs" * interval '1 millisecond', m.not_before),
             processed_at = CASE WHEN t.status <> 'pending' THEN clock_timestamp() END
         FROM json_to_recordset($1)
           AS t (id bigint, attempts int, status text, "givenBack" boolean, "waitMs" float8, error text)
         WHERE m.id = t.id AND m.attempts = t.attempts AND m.status = 'pending'
         RETURNING m.id, m.rung_again
       ), saved AS (
         UPDATE conversations AS c
         SET dialogue = t.dialogue, cart = t.cart, cart_version = t."cartVersion", handled_by = t."handledBy",
             address = t.address, last_inbound_at = t."lastInboundAt", minute_began = t."minuteBegan",
             minute_messages = t."minuteMessages", told_to_wait = t."toldToWait", updated_at = clock_timestamp()
         FROM json_to_recordset($2)
           AS t (id bigint, dialogue jsonb, cart jsonb, "cartVersion" int, "handledBy" text, address text,
                 "lastInboundAt" timestamptz, "minuteBegan" timestamptz, "minuteMessages" int, "toldToWait" boolean)
         WHERE c.id = t.id
       ), part AS MATERIALIZED (
         SELECT * FROM json_to_recordset($3)
           AS p ("conversationId" bigint, sender text, account text, address text, body text, menu jsonb, "inReplyTo" jsonb,
                 "correlationId" text, "lastInboundAt" timestamptz, position int)
       ), claimed AS (
         INSERT INTO outbox_messages
           (conversation_id, sender, address, lane, body, content, in_reply_to, correlation_id, status, attempt, claimed_at)
         SELECT "conversationId", sender, address, 'reply', body,
                -- Only what is filled by the cart's version alone: no variable may go out as its sample.
                CASE WHEN menu IS NOT NULL THEN
                  (SELECT jsonb_build_object('type', 'template', 'contentSid', content_sid, 'variables', menu -> 'variables')
                   FROM templates
                   WHERE templates.account = part.account AND name = menu ->> 'name' AND language = menu ->> 'language'
                     AND variables = '{"1": "cart_version"}'
                   ORDER BY created_at DESC LIMIT 1)
                END,
                "inReplyTo", "correlationId", 'sending', 1, clock_timestamp()
         FROM part
         WHERE position = 0
           AND NOT EXISTS (SELECT FROM outbox_messages AS ahead
                           WHERE ahead.conversation_id = "conversationId"
                             AND (ahead.status = 'sending' OR ahead.status = 'queued' AND ahead.lane = 'reply'))
           AND ${nothingInDoubt('"conversationId"', `'reply'`)}
           AND NOT ${isStopped('part.sender')}
         ON CONFLICT (conversation_id) WHERE status = 'sending' DO NOTHING
         RETURNING *
       ), following AS (
         INSERT INTO outbox_messages
           (conversation_id, sender, address, lane, body, in_reply_to, correlation_id, status, continues)
         SELECT conversation_id, part.sender, part.address, 'reply', part.body, "inReplyTo", "correlationId", 'queued', true
         FROM claimed JOIN part ON "conversationId" = conversation_id AND position > 0 ORDER BY conversation_id, position
       )
       SELECT everything.*, claimed.id, claimed.conversation_id AS "conversationId", claimed.sender, claimed.address,
              claimed.lane, claimed.topic, claimed.body, claimed.content, claimed.attempt, claimed.continues,
              claimed.created_at AS "createdAt", claimed.correlation_id AS "correlationId",
              (SELECT ${windowIsOpen('"lastInboundAt"')} FROM part WHERE "conversationId" = claimed.conversation_id LIMIT 1)
                AS "windowOpen"
       FROM (SELECT count(*)::int AS settled, array_agg(id::text) FILTER (WHERE rung_again) AS "rungAgain" FROM settled)
         AS everything
       LEFT JOIN claimed ON true`,
      [
        JSON.stringify(outcomes.map(outcomeRow)),
        JSON.stringify(runs.map(conversationRow)),
        JSON.stringify(replies),
      ],
    );
    if (rows[0]?.settled !== outcomes.length) {
      throw new TurnTakenOver('a message was taken over by another worker while it was processed');
    }
    return {
      rungAgain: new Set(rows[0].rungAgain),
      claimed: rows
        .filter((row): row is WrittenRow & QueuedMessage => row.id !== null)
        .map((row) => ({ ...row, claimedSince })),
    };
  }
}

function outcomeRow({ message: { id, attempts }, status, givenBack, waitMs, error }: Outcome): object {
  return { id, attempts, status, givenBack, waitMs, error };
}

function conversationRow({ conversation, stand, turn, minute, lastInboundAt, toldToWait }: TurnRun): object {
  return {
    id: conversation.id,
    dialogue: stand.dialogue,
    cart: stand.cart.lines,
    cartVersion: stand.cart.version,
    handledBy: stand.handledBy,
    address: turn.messages[0].address,
    lastInboundAt,
    minuteBegan: minute.began,
    minuteMessages: minute.messages,
    toldToWait,
  };
}
