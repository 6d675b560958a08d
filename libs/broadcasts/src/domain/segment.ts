import type { FieldError } from '@app/kernel';

/** Which of the shoppers who agreed to broadcasts: those for whom all of this is true. Empty means every one of them. */
export interface Segment {
  /** Has ordered then or later; cancelled orders do not count. ISO 8601, as all times here. */
  orderedSince?: string;
  /** Has not ordered since. */
  notOrderedSince?: string;
  /** Speaks one of these. */
  languages?: readonly string[];
  /** Wrote last at this time or later. */
  lastInboundAfter?: string;
  /** Wrote last before, or never. */
  lastInboundBefore?: string;
  /** Has something in the cart, or has nothing. */
  openCart?: boolean;
  /** Is known by one of these addresses. */
  addresses?: readonly string[];
}

const times = ['orderedSince', 'notOrderedSince', 'lastInboundAfter', 'lastInboundBefore'] as const;

/** Each first one must lie before the second, or nobody could match. */
const spans = [
  ['orderedSince', 'notOrderedSince'],
  ['lastInboundAfter', 'lastInboundBefore'],
] as const;

/** Dates, and times that say their zone; nothing that PostgreSQL and we could read differently. */
const TIME = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,3})?)?(Z|[+-]\d\d:\d\d))?$/;

/** What is wrong with a segment; nothing when it can be used. */
export function checkSegment(segment: Segment): FieldError[] {
  const unreadable = times.flatMap((field) => {
    const given = segment[field];
    return given === undefined || isTime(given)
      ? []
      : [
          {
            field: `segment.${field}`,
            message: 'must be a date, or a time with its zone, as ISO 8601 has it',
          },
        ];
  });
  const empty = spans.flatMap(([from, to]) => {
    const [begin, end] = [segment[from], segment[to]];
    return begin !== undefined && end !== undefined && Date.parse(begin) >= Date.parse(end)
      ? [{ field: `segment.${to}`, message: `must be later than ${from}` }]
      : [];
  });
  return [...unreadable, ...empty];
}

function isTime(given: string): boolean {
  const day = Number(given.slice(8, 10));
  // "2026-02-30" is read as the second of March: the day of the month tells.
  const midnight = new Date(`${given.slice(0, 10)}T00:00:00Z`);
  return TIME.test(given) && !Number.isNaN(Date.parse(given)) && midnight.getUTCDate() === day;
}
