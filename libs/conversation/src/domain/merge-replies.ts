import type { View } from './turn';

/** The answer to one message of a turn. */
export interface ReplyPart {
  text: string;
  /** It shows how things stand: a later view of the same kind makes it old. */
  view?: View;
  /** It ends what such views ask for. */
  outdates?: View;
  /** False when the message made no sense: the answer to one that made sense after it says more. */
  understood?: boolean;
}

/**
 * One reply to all messages of a turn. What a later part has made old goes, and what is said twice is said once; what was
 * done (an order, a changed cart) always stays.
 */
export function mergeReplies(parts: readonly ReplyPart[]): string {
  const texts = parts
    .filter((part, position) => !parts.slice(position + 1).some((later) => makesOld(later, part)))
    .map(({ text }) => text)
    .filter((text) => text !== '');
  return [...new Set(texts)].join('\n\n');
}

function makesOld(later: ReplyPart, earlier: ReplyPart): boolean {
  const isOldView =
    earlier.view !== undefined && (later.view === earlier.view || later.outdates === earlier.view);
  return isOldView || (earlier.understood === false && later.understood === true && later.text !== '');
}
