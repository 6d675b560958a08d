/** Payload of every job, by its name. JSON only, and ids only: job data is stored in clear text. */
interface Payloads {
  /** "The conversations of these rows have mail": one hint rings for many; a lost one is found by the sweeper. */
  'inbox.process': { inboxIds: string[] };
  /** "This conversation has something to send": after a back-off, or from a process that does not send. */
  'outbox.send': { conversationId: string };
}

export type JobName = keyof Payloads;
export type JobPayload<Name extends JobName> = Payloads[Name];

/** Queue of every job. Names are stable strings, never class names: jobs outlive a deploy. */
export const jobs = {
  'inbox.process': { queue: 'inbox' },
  'outbox.send': { queue: 'outbox' },
} as const satisfies Record<JobName, { queue: string }>;

/** Every queue once. */
export const queueNames = [...new Set(Object.values(jobs).map(({ queue }) => queue))];
