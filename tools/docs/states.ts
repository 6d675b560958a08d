import { type Fulfilment, nextStatuses, type OrderStatus, orderStatuses } from '@app/orders';

const fulfilments: readonly Fulfilment[] = ['delivery', 'pickup'];

/** The life cycle of an order as a diagram, from the table that the code runs on. */
export function renderStates(): string {
  const arrows = orderStatuses.flatMap((from) => {
    const ways = targets(from).map((to) => `  ${from} --> ${to}${condition(from, to)}`);
    return ways.length > 0 ? ways : [`  ${from} --> [*]`];
  });
  return [
    '<!-- Made by `npm run docs:generate` from libs/orders/src/domain/order-status.ts: change it there. -->',
    '',
    '# Life cycle of an order',
    '',
    '```mermaid',
    'stateDiagram-v2',
    '  [*] --> placed',
    ...arrows,
    '```',
    '',
  ].join('\n');
}

function targets(status: OrderStatus): readonly OrderStatus[] {
  return [...new Set(fulfilments.flatMap((fulfilment) => nextStatuses({ status, fulfilment })))];
}

/** Nothing when the arrow holds for every order. */
function condition(status: OrderStatus, to: OrderStatus): string {
  const holds = fulfilments.filter((fulfilment) => nextStatuses({ status, fulfilment }).includes(to));
  return holds.length === fulfilments.length ? '' : `: ${holds.join(', ')} only`;
}
