import type { ErrorAction } from '@app/messaging';

/** A message that went wrong after the provider had accepted it. */
export interface FailedDelivery {
  messageId: string;
  sender: string;
  address: string;
  code: number;
}

/** What failures mean beyond their own messages. */
export interface Consequences {
  /** What each failure asks for. */
  actions: readonly ErrorAction[];
  /** One a recipient who wants no more messages. */
  optOuts: readonly FailedDelivery[];
  /** One a sender that must not go on. */
  stops: readonly FailedDelivery[];
  /** Senders that send too fast. */
  slowDowns: readonly string[];
}

/** What failures that come together ask for; the newest message tells best whether a trouble is still there. */
export function consequencesOf(
  failures: readonly FailedDelivery[],
  actionOf: (code: number) => ErrorAction,
): Consequences {
  const actions: ErrorAction[] = [];
  const optOuts = new Map<string, FailedDelivery>();
  const stops = new Map<string, FailedDelivery>();
  const slowDowns = new Set<string>();
  for (const failure of [...failures].sort((a, b) => Number(a.messageId) - Number(b.messageId))) {
    const action = actionOf(failure.code);
    actions.push(action);
    if (action === 'opted_out') {
      optOuts.set(failure.address, failure);
    } else if (action === 'stop_sender') {
      stops.set(failure.sender, failure);
    } else if (action === 'slow_down') {
      slowDowns.add(failure.sender);
    }
  }
  return { actions, optOuts: [...optOuts.values()], stops: [...stops.values()], slowDowns: [...slowDowns] };
}
