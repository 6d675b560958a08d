import { mergeReplies } from './merge-replies';

describe('the reply to a turn', () => {
  it('is its parts in order, the same words once', () => {
    expect(mergeReplies([{ text: 'a' }, { text: '' }, { text: 'b' }, { text: 'a' }])).toBe('a\n\nb');
  });

  it('shows how things stand once, as they stand last', () => {
    expect(
      mergeReplies([
        { text: 'cart: 1', view: 'cart' },
        { text: 'added' },
        { text: 'menu', view: 'menu' },
        { text: 'cart: 2', view: 'cart' },
      ]),
    ).toBe('added\n\nmenu\n\ncart: 2');
  });

  it('asks no question that was answered meanwhile', () => {
    expect(
      mergeReplies([
        { text: 'pickup?', view: 'checkout' },
        { text: 'right?', view: 'checkout' },
        { text: 'order #1001', outdates: 'checkout' },
        { text: 'order #1001 already', outdates: 'checkout' },
      ]),
    ).toBe('order #1001\n\norder #1001 already');
  });

  it('does not complain of a fragment when what followed made sense', () => {
    const unclear = { text: 'what?', understood: false };
    expect(mergeReplies([unclear, { text: 'added', understood: true }])).toBe('added');
    expect(mergeReplies([{ text: 'added', understood: true }, unclear])).toBe('added\n\nwhat?');
    expect(mergeReplies([unclear, { text: 'please wait' }])).toBe('what?\n\nplease wait');
    expect(mergeReplies([unclear, { text: '', understood: true }])).toBe('what?');
  });
});
