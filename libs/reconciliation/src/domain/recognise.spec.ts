import type { ListedSend } from '@app/messaging';
import { recognise } from './recognise';

const listed = (sid: string, body: string): ListedSend => ({
  sid,
  body,
  createdAt: null,
  status: 'sent',
  errorCode: null,
});
const sids = (messages: readonly ListedSend[]): string[] => messages.map(({ sid }) => sid);

describe('recognising a message of ours in a list', () => {
  it('takes what has our text, whatever became of its white space, the oldest first', () => {
    const newestFirst = [listed('c', 'Cart: 2 Momo'), listed('b', ' Cart:\r\n2 Momo '), listed('a', 'Menu')];
    expect(sids(recognise(newestFirst, 'Cart:\n2 Momo'))).toEqual(['b', 'c']);
  });

  it('takes everything where a text says nothing: a template, a redacted message', () => {
    expect(sids(recognise([listed('b', 'Order 7 is ready'), listed('a', '')], null))).toEqual(['a', 'b']);
    expect(sids(recognise([listed('a', '')], 'Menu'))).toEqual(['a']);
  });
});
