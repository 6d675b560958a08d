import type { ContentResource } from '@app/messaging';

/** An entry of `GET /v1/ContentAndApprovals`, as far as we read it. */
export interface ListedContent {
  sid?: string;
  friendly_name?: string;
  language?: string;
  types?: Record<string, unknown> | null;
  variables?: Record<string, string> | null;
  date_created?: string;
  approval_requests?: {
    status?: string;
    category?: string;
    rejection_reason?: string | null;
  } | null;
}

/** Undefined for what is no Content resource. */
export function contentResource(entry: ListedContent): ContentResource | undefined {
  const { sid = '', friendly_name: name = '', language = '', types, variables } = entry;
  if (!/^HX[0-9a-fA-F]{32}$/.test(sid)) {
    return undefined;
  }
  const { status, category, rejection_reason: reason } = entry.approval_requests ?? {};
  const createdAt = Date.parse(entry.date_created ?? '');
  return {
    sid,
    name,
    language,
    types: types ?? {},
    samples: variables ?? {},
    createdAt: new Date(Number.isNaN(createdAt) ? 0 : createdAt),
    category: orNull(category),
    approval: orNull(status) ?? 'unsubmitted',
    rejectionReason: orNull(reason),
  };
}

function orNull(text: string | null | undefined): string | null {
  return text === undefined || text === '' ? null : text;
}
