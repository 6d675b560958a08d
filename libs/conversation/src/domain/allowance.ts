const MINUTE_MS = 60_000;

/** The minute in which a shopper's messages are counted. */
export interface Minute {
  began: Date;
  messages: number;
}

/** The minute that runs, or a new one. */
export function currentMinute(began: Date | null, messages: number, now: Date): Minute {
  return began !== null && now.getTime() - began.getTime() < MINUTE_MS
    ? { began, messages }
    : { began: now, messages: 0 };
}

/** Until the next minute begins. */
export function restOfMinuteMs({ began }: Minute, now: Date): number {
  return Math.max(began.getTime() + MINUTE_MS - now.getTime(), 0);
}
