/**
 * Life of an outbound message, and where each status may lead: ours up to `accepted`, then Twilio's. `uncertain` may have
 * gone out; `dead` was given up, without proof that it went out or that it did not. A report of Twilio's may reach a row in
 * any status of ours, also one that waits to be sent again: it tells of an earlier attempt. Twilio's own statuses only go
 * forward: what it has is never sent again.
 */
export const LIFE_CYCLE = {
  queued: ['sending', 'accepted', 'sent', 'canceled', 'failed', 'undelivered', 'delivered', 'read'],
  sending: [
    'queued',
    'uncertain',
    'dead',
    'accepted',
    'sent',
    'canceled',
    'failed',
    'undelivered',
    'delivered',
    'read',
  ],
  uncertain: ['queued', 'dead', 'accepted', 'sent', 'canceled', 'failed', 'undelivered', 'delivered', 'read'],
  dead: ['accepted', 'sent', 'canceled', 'failed', 'undelivered', 'delivered', 'read'],
  accepted: ['sent', 'canceled', 'failed', 'undelivered', 'delivered', 'read'],
  sent: ['canceled', 'failed', 'undelivered', 'delivered', 'read'],
  canceled: ['failed', 'undelivered', 'delivered', 'read'],
  failed: ['undelivered', 'delivered', 'read'],
  undelivered: ['delivered', 'read'],
  delivered: ['read'],
  read: [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type OutboundStatus = keyof typeof LIFE_CYCLE;

export const outboundStatuses = Object.keys(LIFE_CYCLE) as readonly OutboundStatus[];

/** Whether a message in one status may take the other. */
export function mayBecome(from: OutboundStatus, to: OutboundStatus): boolean {
  const next: readonly OutboundStatus[] = LIFE_CYCLE[from];
  return next.includes(to);
}
