import { DOUBT_ENDS_MS } from '../checker/mail';
import type { Counts } from '../nemesis/schedule';

/** A bug that the run plants to see whether its checker finds it. */
export interface Bug {
  name: string;
  /** What the run does to its database to make room for the bug. */
  ddl: readonly string[];
  /** The faults that bring it out. */
  aim: Partial<Counts>;
  /** How long after the load it takes to show; else a moment. */
  settleMs?: number;
  /** Any of these says that it was found. */
  foundBy: readonly string[];
}

/** A trigger that makes the database itself misbehave. */
function trigger(kind: 'TRIGGER' | 'CONSTRAINT TRIGGER', on: string, body: string): string[] {
  return [
    `CREATE FUNCTION planted() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN ${body} END $$`,
    `CREATE ${kind} planted ${on} ${kind === 'TRIGGER' ? '' : 'INITIALLY DEFERRED'}
       FOR EACH ROW EXECUTE FUNCTION planted()`,
  ];
}

export const bugs: readonly Bug[] = [
  {
    name: 'no unique SID',
    ddl: trigger(
      'TRIGGER',
      'BEFORE INSERT ON message_sids',
      'DELETE FROM message_sids WHERE sid = NEW.sid; RETURN NEW;',
    ),
    aim: {},
    foundBy: ['stored twice'],
  },
  {
    name: 'answer before insert',
    ddl: [],
    aim: { 'kill api': 12 },
    foundBy: ['accepted but lost', 'accepted, and brought by reconciliation alone'],
  },
  {
    name: 'one hint at a time, and no sweeper',
    ddl: [],
    aim: { 'kill worker': 4 },
    foundBy: ['still waiting after the run'],
  },
  {
    name: 'hints only, no sweeper',
    ddl: [],
    aim: { 'kill worker': 4, 'Redis FLUSHALL': 4, 'Redis kill': 2 },
    foundBy: ['still waiting after the run', 'replies still waiting after the run'],
  },
  {
    name: 'no conversation lock',
    ddl: [],
    aim: { 'PostgreSQL slow': 6 },
    foundBy: [
      'processed out of order',
      'answers sent out of order',
      'answered by two turns',
      'orders that are not what was asked for',
    ],
  },
  {
    name: 'no stock >= n',
    ddl: ['ALTER TABLE products DROP CONSTRAINT products_stock_not_negative'],
    aim: {},
    foundBy: ['stock below zero'],
  },
  {
    name: 'processed before the turn',
    ddl: [],
    aim: { 'kill worker': 16, 'PostgreSQL slow': 6, 'PostgreSQL crash': 3 },
    foundBy: ['processed and never answered'],
  },
  {
    name: 'the last status wins',
    ddl: trigger(
      'CONSTRAINT TRIGGER',
      'AFTER INSERT ON delivery_events',
      `UPDATE outbox_messages SET status = NEW.status
       WHERE id = NEW.message_id AND NEW.status IN ('sent', 'delivered', 'read'); RETURN NULL;`,
    ),
    aim: {},
    foundBy: ['statuses that went backwards', 'acknowledged statuses that were forgotten'],
  },
  {
    name: 'blind resend',
    ddl: trigger(
      'TRIGGER',
      'BEFORE UPDATE ON outbox_messages',
      `IF NEW.status = 'uncertain' THEN NEW.status = 'queued'; NEW.claimed_at = NULL; END IF; RETURN NEW;`,
    ),
    aim: { 'Twilio reset': 2 },
    foundBy: ['replies that Twilio took twice'],
  },
  {
    name: 'uncertain for ever',
    ddl: trigger(
      'TRIGGER',
      'BEFORE UPDATE ON outbox_messages',
      `IF NEW.status = 'uncertain' THEN NEW.look_at = 'infinity'; END IF; RETURN NEW;`,
    ),
    aim: { 'Twilio reset': 4 },
    settleMs: DOUBT_ENDS_MS + 10_000,
    foundBy: ['replies that stayed uncertain'],
  },
  {
    name: 'answer not stored',
    ddl: trigger(
      'TRIGGER',
      'AFTER INSERT ON outbox_messages',
      `IF random() < 0.02 THEN DELETE FROM outbox_messages WHERE id = NEW.id; END IF; RETURN NULL;`,
    ),
    aim: {},
    foundBy: ['processed and never answered', 'replies that Twilio took and nobody wrote'],
  },
  {
    name: 'message in the log',
    ddl: [],
    aim: {},
    foundBy: ['log lines with personal data'],
  },
];
