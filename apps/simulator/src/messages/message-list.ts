import { parameter } from '../shared/parameters';
import type { SimulatedMessage } from './message';

export interface MessageFilter {
  readonly to: string | null;
  readonly from: string | null;
  readonly sent: readonly SentBound[];
}

type Comparison = 'on' | 'until' | 'since';

interface SentBound {
  readonly comparison: Comparison;
  readonly time: number;
  readonly grain: 'day' | 'second';
}

const BOUND_NAMES: readonly (readonly [string, Comparison])[] = [
  ['DateSent', 'on'],
  ['DateSent<', 'until'],
  ['DateSent>', 'since'],
];

const DAY_MS = 86_400_000;

/** Reads `To`, `From`, `DateSent`, `DateSent<`, `DateSent>` (`DateSent>=…` arrives under that name); undefined when a date can't be read. */
export function readMessageFilter(query: URLSearchParams): MessageFilter | undefined {
  const sent: SentBound[] = [];
  for (const [name, comparison] of BOUND_NAMES) {
    const text = query.get(name);
    if (text) {
      const time = Date.parse(text);
      if (Number.isNaN(time)) {
        return undefined;
      }
      sent.push({ comparison, time, grain: /^\d{4}-\d{2}-\d{2}$/.test(text) ? 'day' : 'second' });
    }
  }
  return { to: parameter(query, 'To'), from: parameter(query, 'From'), sent };
}

export function matchesFilter(message: SimulatedMessage, filter: MessageFilter): boolean {
  if (filter.to !== null && message.to !== filter.to) {
    return false;
  }
  if (filter.from !== null && message.from !== filter.from) {
    return false;
  }
  const sentAt = message.sentAt ?? message.createdAt;
  return filter.sent.every((bound) => isWithin(sentAt, bound));
}

/** Twilio's dates have no fractions, so both sides are cut to the grain before they are compared. */
function isWithin(sentAt: number, bound: SentBound): boolean {
  const grain = bound.grain === 'day' ? DAY_MS : 1_000;
  const sent = Math.floor(sentAt / grain);
  const limit = Math.floor(bound.time / grain);
  if (bound.comparison === 'on') {
    return sent === limit;
  }
  return bound.comparison === 'until' ? sent <= limit : sent >= limit;
}

export interface PageRequest {
  readonly size: number;
  readonly page: number;
  /** The SID of the last message of the page before. */
  readonly afterSid: string | null;
}

const DEFAULT_PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 1_000;

export function readPageRequest(query: URLSearchParams): PageRequest {
  const size = Number(query.get('PageSize') ?? DEFAULT_PAGE_SIZE);
  const page = Number(query.get('Page') ?? 0);
  return {
    size: Number.isInteger(size) && size > 0 ? Math.min(size, MAX_PAGE_SIZE) : DEFAULT_PAGE_SIZE,
    page: Number.isInteger(page) && page > 0 ? page : 0,
    afterSid: /^PA((?:SM|MM)[0-9a-fA-F]{32})$/.exec(query.get('PageToken') ?? '')?.[1] ?? null,
  };
}

export interface PageEnvelope<T> {
  readonly first_page_uri: string;
  readonly end: number;
  readonly previous_page_uri: string | null;
  readonly messages: readonly T[];
  readonly uri: string;
  readonly page_size: number;
  readonly start: number;
  readonly next_page_uri: string | null;
  readonly page: number;
}

export interface PageContent<T> {
  readonly rows: readonly T[];
  readonly lastSid: string | null;
  readonly hasMore: boolean;
}

export function toPageEnvelope<T>(
  path: string,
  query: URLSearchParams,
  request: PageRequest,
  content: PageContent<T>,
): PageEnvelope<T> {
  const uri = (page: number, token: string | null): string => {
    const parameters = new URLSearchParams(query);
    parameters.set('PageSize', String(request.size));
    parameters.set('Page', String(page));
    parameters.delete('PageToken');
    if (token !== null) {
      parameters.set('PageToken', token);
    }
    return `${path}?${parameters.toString()}`;
  };
  const start = request.page * request.size;
  return {
    first_page_uri: uri(0, null),
    end: Math.max(start, start + content.rows.length - 1),
    previous_page_uri: request.page > 0 ? uri(request.page - 1, null) : null,
    messages: content.rows,
    uri: uri(request.page, query.get('PageToken')),
    page_size: request.size,
    start,
    next_page_uri:
      content.hasMore && content.lastSid !== null ? uri(request.page + 1, `PA${content.lastSid}`) : null,
    page: request.page,
  };
}
