import type { ErrorAction } from '@app/messaging';
import { consequencesOf, type FailedDelivery } from './consequences';

const failure = (messageId: string, changes: Partial<FailedDelivery> = {}): FailedDelivery => ({
  messageId,
  sender: 'whatsapp:+14155238886',
  address: `whatsapp:+97798000000${messageId.padStart(2, '0')}`,
  code: 1,
  ...changes,
});
const actionOf = (code: number): ErrorAction =>
  (['stop_sender', 'opted_out', 'give_up', 'slow_down'] as const)[code - 1] ?? 'unknown';

describe('failures that come together', () => {
  it('stop a sender once, by its newest message', () => {
    const other = failure('3', { sender: 'whatsapp:+14155238887' });
    const { stops, actions } = consequencesOf([failure('10'), failure('9'), other], actionOf);
    expect(stops).toEqual([other, failure('10')]);
    expect(actions).toEqual(['stop_sender', 'stop_sender', 'stop_sender']);
  });

  it('opt a recipient out once, and stop nobody for that', () => {
    const address = 'whatsapp:NP.7';
    const twice = ['1', '2'].map((id) => failure(id, { address, code: 2 }));
    expect(consequencesOf([...twice, failure('3', { code: 2 })], actionOf)).toMatchObject({
      optOuts: [twice[1], failure('3', { code: 2 })],
      stops: [],
    });
  });

  it('slow a sender down once', () => {
    const { slowDowns } = consequencesOf([failure('1', { code: 4 }), failure('2', { code: 4 })], actionOf);
    expect(slowDowns).toEqual(['whatsapp:+14155238886']);
  });

  it('mean nothing beyond their messages for any other code', () => {
    expect(consequencesOf([failure('1', { code: 3 })], actionOf)).toEqual({
      actions: ['give_up'],
      optOuts: [],
      stops: [],
      slowDowns: [],
    });
    expect(consequencesOf([], actionOf)).toEqual({
      actions: [],
      optOuts: [],
      stops: [],
      slowDowns: [],
    });
  });
});
