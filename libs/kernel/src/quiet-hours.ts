const HOUR_AND_MINUTE = { hour: 'numeric', minute: 'numeric', hourCycle: 'h23' } as const;

/** A part of the day, in minutes since midnight; over midnight when `from` is the later one. `to` is no longer part of it. */
export interface QuietHours {
  from: number;
  to: number;
}

/** Whether the clock on the shop's wall is within the quiet hours. What the wall clock skips or repeats counts as it shows. */
export function isQuiet({ from, to }: QuietHours, timeZone: string, now: Date): boolean {
  const minute = minuteOfDay(timeZone, now);
  return from < to ? from <= minute && minute < to : from <= minute || minute < to;
}

function minuteOfDay(timeZone: string, now: Date): number {
  const parts = new Intl.DateTimeFormat('en', { ...HOUR_AND_MINUTE, timeZone }).formatToParts(now);
  const value = (type: 'hour' | 'minute'): number => Number(parts.find((part) => part.type === type)?.value);
  return value('hour') * 60 + value('minute');
}
