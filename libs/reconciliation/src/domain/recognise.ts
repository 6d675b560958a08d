import type { ListedSend } from '@app/messaging';

/**
 * Which of the messages that the provider lists may be ours, the oldest first. Nothing else was on its way to that recipient,
 * so what nobody knows is ours; but people write from the same number by other ways too: a text must be our text.
 * @param body null where the provider's text need not be ours
 */
export function recognise(listed: readonly ListedSend[], body: string | null): ListedSend[] {
  return listed
    .filter((message) => body === null || message.body === '' || plain(message.body) === plain(body))
    .toReversed();
}

/** Providers trim, and fold what looks like an end of line. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
