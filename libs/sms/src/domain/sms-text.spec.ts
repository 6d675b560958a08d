import { smsText } from './sms-text';

describe('the text of an SMS in place of a message', () => {
  it('is the text, without the marks that only WhatsApp shows', () => {
    expect(smsText('Order *#1001* is *on its way*. 2 * 3', null)).toBe('Order #1001 is on its way. 2 * 3');
  });

  it('links to the picture that the message showed', () => {
    const content = { type: 'media', urls: ['https://shop.example/momo.jpg'] } as const;
    expect(smsText('Today’s momo', content)).toBe('Today’s momo\nhttps://shop.example/momo.jpg');
  });

  it('is never longer than Twilio takes', () => {
    const content = { type: 'media', urls: ['https://shop.example/momo.jpg'] } as const;
    expect(smsText('x'.repeat(1_600), content)).toHaveLength(1_600);
  });
});
