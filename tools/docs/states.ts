import { type Fulfilment, nextStatuses, type OrderStatus, orderStatuses } from '@app/orders';
import { LIFE_CYCLE, outboundStatuses } from '@app/outbox';

const fulfilments: readonly Fulfilment[] = ['delivery', 'pickup'];

/** The life cycles of orders and of messages to shoppers as diagrams, from the tables that the code runs on. */
export function renderStates(): string {
  const orders = orderStatuses.flatMap((from) => {
    const ways = targets(from).map((to) => `  ${from} --> ${to}${condition(from, to)}`);
    return ways.length > 0 ? ways : [`  ${from} --> [*]`];
  });
  const messages = outboundStatuses.flatMap((from) => {
    const ways = LIFE_CYCLE[from].map((to) => `  ${from} --> ${to}`);
    return ways.length > 0 ? ways : [`  ${from} --> [*]`];
  });
  return [
    '<!-- Made by `npm run docs:generate` from libs/orders/src/domain/order-status.ts and -->',
    '<!-- libs/outbox/src/domain/outbound-status.ts: change it there. -->',
    '',
    '# Life cycle of an order',
    '',
    ...diagram('placed', orders),
    '',
    '# Life cycle of an outbound message',
    '',
    ...diagram('queued', messages),
    '',
  ].join('\n');
}

function diagram(first: string, arrows: readonly string[]): string[] {
  return ['```mermaid', 'stateDiagram-v2', `  [*] --> ${first}`, ...arrows, '```'];
}

function targets(status: OrderStatus): readonly OrderStatus[] {
  return [...new Set(fulfilments.flatMap((fulfilment) => nextStatuses({ status, fulfilment })))];
}

/** Nothing when the arrow holds for every order. */
function condition(status: OrderStatus, to: OrderStatus): string {
  const holds = fulfilments.filter((fulfilment) => nextStatuses({ status, fulfilment }).includes(to));
  return holds.length === fulfilments.length ? '' : `: ${holds.join(', ')} only`;
}
