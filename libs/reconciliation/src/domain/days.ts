const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/**
 * The days of UTC whose lists hold what came since, oldest first. The list is filtered by the day on which a message was
 * sent, which around midnight need not be the day on which it was created: an hour belongs to both.
 */
export function daysSince(since: Date, now: Date): string[] {
  const first = Math.floor((since.getTime() - HOUR_MS) / DAY_MS);
  const last = Math.floor(now.getTime() / DAY_MS);
  return Array.from({ length: Math.max(last - first + 1, 1) }, (_, day) =>
    new Date((first + day) * DAY_MS).toISOString().slice(0, 10),
  );
}
