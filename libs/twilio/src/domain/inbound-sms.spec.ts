import { parseInboundMessage } from './inbound-params';
import { parseStreamEvent } from './stream-event';

const ACCOUNT = `AC${'a'.repeat(32)}`;
const SMS_SENDER = '+15005550006';
const expected = {
  provenAccount: ACCOUNT,
  accountOf: (number: string): string | undefined => (number === SMS_SENDER ? ACCOUNT : undefined),
  sms: { number: SMS_SENDER, sender: 'whatsapp:+14155238886' },
};
const sms = {
  MessageSid: `SM${'1'.repeat(32)}`,
  AccountSid: ACCOUNT,
  From: '+9779800000001',
  To: SMS_SENDER,
  Body: 'Thanks',
};

describe('an SMS to the shop', () => {
  it('belongs to the conversation that its number has on WhatsApp', () => {
    expect(parseInboundMessage(sms, expected)).toMatchObject({
      ok: true,
      value: {
        address: 'whatsapp:+9779800000001',
        sender: 'whatsapp:+14155238886',
        content: { type: 'sms', text: 'Thanks' },
      },
    });
  });

  it('says when Twilio has taken it as STOP', () => {
    expect(parseInboundMessage({ ...sms, Body: 'stopp', OptOutType: 'STOP' }, expected)).toMatchObject({
      value: { content: { type: 'sms', text: 'stopp', consent: 'opt_out' } },
    });
  });

  it('is the same in an event', () => {
    const event = {
      type: 'com.twilio.messaging.inbound-message.received',
      messageSid: sms.MessageSid,
      accountSid: ACCOUNT,
      from: sms.From,
      to: sms.To,
      body: sms.Body,
    };
    expect(parseStreamEvent(event, { ...expected, statusCallbackUrl: 'https://shop.example' })).toMatchObject(
      {
        value: { kind: 'message', message: { content: { type: 'sms', text: 'Thanks' } } },
      },
    );
  });

  it.each([
    ['a short code is no shopper', { ...sms, From: '12345' }, expected],
    ['a name is no shopper', { ...sms, From: 'NTC' }, expected],
    ['WhatsApp does not write to it', { ...sms, From: 'whatsapp:+9779800000001' }, expected],
    ['a shop without a number for SMS expects none', sms, { ...expected, sms: undefined }],
  ])('%s', (_, params, shop) => {
    expect(parseInboundMessage(params, shop)).toMatchObject({ ok: false, refusal: { code: 'WRONG_SHAPE' } });
  });
});
