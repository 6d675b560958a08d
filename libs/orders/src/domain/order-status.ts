import { ok, refuse, type Result } from '@app/kernel';

/** Where an order can go from each status. The one definition of the life cycle; the database checks the names only. */
export const orderLifeCycle = {
  placed: ['confirmed', 'cancelled'],
  confirmed: ['preparing', 'cancelled'],
  preparing: ['ready', 'cancelled'],
  ready: ['out_for_delivery', 'delivered'],
  out_for_delivery: ['delivered'],
  delivered: [],
  cancelled: [],
} as const;

export type OrderStatus = keyof typeof orderLifeCycle;

export const orderStatuses = Object.keys(orderLifeCycle) as readonly OrderStatus[];

export type Fulfilment = 'delivery' | 'pickup';

/** What the life cycle depends on. */
export interface Standing {
  status: OrderStatus;
  fulfilment: Fulfilment;
}

/** Statuses that an order can be moved to now. Only an order that is picked up goes from the counter to its owner. */
export function nextStatuses({ status, fulfilment }: Standing): readonly OrderStatus[] {
  const next: readonly OrderStatus[] = orderLifeCycle[status];
  return status === 'ready' && fulfilment === 'delivery' ? next.filter((to) => to !== 'delivered') : next;
}

/** Whether the shopper or staff may still cancel. */
export function canCancel(standing: Standing): boolean {
  return nextStatuses(standing).includes('cancelled');
}

/** Whether address and fulfilment may still change. */
export function canChange({ status }: Standing): boolean {
  return status === 'placed' || status === 'confirmed';
}

/**
 * The status after a move. Moving to where the order already is changes nothing and is allowed, so that a repeated request
 * is harmless. Refuses with ORDER_TRANSITION_NOT_ALLOWED.
 */
export function transition(standing: Standing, to: OrderStatus): Result<OrderStatus> {
  const allowed = nextStatuses(standing);
  if (to === standing.status || allowed.includes(to)) {
    return ok(to);
  }
  const instead =
    allowed.length > 0 ? `from here it can become ${allowed.join(' or ')}` : 'that is where an order ends';
  return refuse(
    'ORDER_TRANSITION_NOT_ALLOWED',
    `The order is ${standing.status} and cannot become ${to}: ${instead}.`,
  );
}
