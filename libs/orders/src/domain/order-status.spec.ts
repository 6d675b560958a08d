import fc from 'fast-check';
import {
  canCancel,
  canChange,
  type Fulfilment,
  nextStatuses,
  type OrderStatus,
  orderStatuses,
  transition,
} from './order-status';

const fulfilments: readonly Fulfilment[] = ['delivery', 'pickup'];
const aStatus = fc.constantFrom(...orderStatuses);
const aFulfilment = fc.constantFrom(...fulfilments);

/** Where an order ends up when everything that is allowed of `moves` happens. */
const walk = (fulfilment: Fulfilment, moves: readonly OrderStatus[]): OrderStatus[] => {
  const path: OrderStatus[] = ['placed'];
  for (const to of moves) {
    const moved = transition({ status: path.at(-1)!, fulfilment }, to);
    path.push(moved.ok ? moved.value : path.at(-1)!);
  }
  return path;
};

describe('the life cycle of an order', () => {
  it.each<[Fulfilment, OrderStatus[]]>([
    ['delivery', ['confirmed', 'preparing', 'ready', 'out_for_delivery', 'delivered']],
    ['pickup', ['confirmed', 'preparing', 'ready', 'delivered']],
  ])('takes a %s order from placed to delivered', (fulfilment, moves) => {
    expect(walk(fulfilment, moves)).toEqual(['placed', ...moves]);
  });

  it('never leaves delivered or cancelled', () => {
    fc.assert(
      fc.property(aFulfilment, fc.array(aStatus, { maxLength: 30 }), (fulfilment, moves) => {
        const path = walk(fulfilment, moves);
        const end = path.findIndex((status) => status === 'delivered' || status === 'cancelled');
        expect(new Set(end < 0 ? [] : path.slice(end)).size).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('never visits a status twice', () => {
    fc.assert(
      fc.property(aFulfilment, fc.array(aStatus, { maxLength: 30 }), (fulfilment, moves) => {
        const visits = walk(fulfilment, moves).filter((status, index, path) => status !== path[index - 1]);
        expect(new Set(visits).size).toBe(visits.length);
      }),
    );
  });

  it('reaches every status from placed', () => {
    const reached = new Set<OrderStatus>(['placed']);
    for (const status of reached) {
      nextStatuses({ status, fulfilment: 'delivery' }).forEach((next) => reached.add(next));
    }
    expect([...reached].sort()).toEqual([...orderStatuses].sort());
  });

  it('takes a move to where the order is as done', () => {
    for (const status of orderStatuses) {
      expect(transition({ status, fulfilment: 'pickup' }, status)).toEqual({ ok: true, value: status });
    }
  });

  it('keeps an order on the road from being handed over at the counter', () => {
    const moved = transition({ status: 'ready', fulfilment: 'delivery' }, 'delivered');

    expect(moved).toMatchObject({
      refusal: {
        code: 'ORDER_TRANSITION_NOT_ALLOWED',
        detail: expect.stringContaining('out_for_delivery') as unknown,
      },
    });
  });

  it('names what is allowed instead', () => {
    expect(transition({ status: 'placed', fulfilment: 'pickup' }, 'ready')).toMatchObject({
      refusal: {
        detail:
          'The order is placed and cannot become ready: from here it can become confirmed or cancelled.',
      },
    });
    expect(transition({ status: 'delivered', fulfilment: 'pickup' }, 'placed')).toMatchObject({
      refusal: { detail: expect.stringContaining('that is where an order ends') as unknown },
    });
  });

  it('can be cancelled until the order is ready, and changed until it is prepared', () => {
    const standing = orderStatuses.map((status) => ({ status, fulfilment: 'delivery' as const }));

    expect(standing.filter(canCancel).map(({ status }) => status)).toEqual([
      'placed',
      'confirmed',
      'preparing',
    ]);
    expect(standing.filter(canChange).map(({ status }) => status)).toEqual(['placed', 'confirmed']);
  });
});
