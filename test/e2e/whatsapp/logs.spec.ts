import pino from 'pino';
import { until } from '@app/testing';
import { openShop, type OpenShop } from '../support/open-shop';
import { outboxOf, rows, settled } from './support/shop-rows';
import { postWebhook, textParams } from './support/signed-webhook';

type Line = Record<string, unknown> & { msg: string; level: string };

const NUMBER = '+9779825000001';
const SECRET_TEXT = 'my door code is 4711';

/** What the process writes to its standard output. */
function captureOutput(): { text: () => string; end: () => void } {
  let text = '';
  const stream = { write: (chunk: string) => (text += chunk) };
  const spy = jest
    .spyOn(pino, 'destination')
    .mockReturnValue(stream as unknown as ReturnType<typeof pino.destination>);
  return {
    text: () => text,
    end: () => {
      spy.mockRestore();
    },
  };
}

describe('the log of a message', () => {
  let shop: OpenShop;
  let output: ReturnType<typeof captureOutput>;
  beforeAll(async () => {
    output = captureOutput();
    shop = await openShop({ LOG_LEVEL: 'debug' });
  });
  afterAll(async () => {
    await shop.close();
    output.end();
  });

  const lines = (msg: string): Line[] =>
    output
      .text()
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Line)
      .filter((line) => line.msg === msg);

  it('has the four lines of the contract, with one correlation id from webhook to callback', async () => {
    const phone = shop.twilio.phone(NUMBER);
    const { messageSid } = await phone.says('hi');
    await phone.waitForReply();
    const [reply] = await outboxOf(shop.database.url, NUMBER);
    const correlationId = reply!.correlation_id;
    await until(() => lines('Status reported by Twilio').length >= 3);
    const masked = 'whatsapp:+977********01';
    expect(lines('Twilio webhook received')).toEqual([
      expect.objectContaining({ level: 'info', message_sid: messageSid, from: masked, correlationId }),
    ]);
    expect(lines('Message sent to Twilio')).toEqual([
      expect.objectContaining({ level: 'info', message_sid: reply!.sid, phone: masked, correlationId }),
    ]);
    expect(lines('Status reported by Twilio')[0]).toMatchObject({
      message_sid: reply!.sid,
      phone: masked,
      correlationId,
    });
    await shop.twilio.faults({ rateLimit: 1 });
    await phone.says('help');
    await phone.waitForReply();
    await shop.twilio.faults({ reject: 1, rejectCode: 21211, rejectStatus: 400 });
    await phone.says('hi');
    await until(() => lines('Twilio send failed').length === 1);
    expect(lines('Twilio rate limit reached')).toEqual([
      expect.objectContaining({ level: 'warn', phone: masked, error: expect.any(String) as string }),
    ]);
    expect(lines('Twilio send failed')).toEqual([
      expect.objectContaining({
        level: 'error',
        phone: masked,
        error: expect.any(String) as string,
        attempts: 1,
      }),
    ]);
    for (const msg of ['Twilio rate limit reached', 'Twilio send failed']) {
      expect(lines(msg)[0]!['correlationId']).toMatch(/^[0-9a-f-]{36}$/);
    }
  });

  it('holds no whole number, no text, no token and no signature, whatever goes wrong', async () => {
    const phone = shop.twilio.phone(NUMBER);
    await phone.says(SECRET_TEXT);
    await phone.sendsLocation({ latitude: '27.7154', longitude: '85.3123', label: 'Behind the blue gate' });
    await phone.says(SECRET_TEXT, { forged: true });
    await postWebhook(shop.url, textParams(NUMBER, SECRET_TEXT, { To: 'whatsapp:+15550001111' }));
    await shop.staff('POST', '/api/v1/whatsapp/send', { to: NUMBER, message: SECRET_TEXT });
    await settled(shop.database.url);
    await rows(shop.database.url, `UPDATE conversations SET cart = '[null]'`);
    await phone.says('cart');
    await until(() => lines('Message could not be processed: it will be tried again').length > 0);
    await rows(shop.database.url, `UPDATE conversations SET cart = '[]'`);
    await settled(shop.database.url);
    const text = output.text();
    const { twilioAuthToken, jwtSecret } = shop.settings;
    for (const secret of [
      NUMBER.slice(1),
      '9800000001',
      SECRET_TEXT,
      'blue gate',
      '27.7154',
      '15550001111',
    ]) {
      expect(text).not.toContain(secret);
    }
    for (const secret of [twilioAuthToken, jwtSecret, 'Bearer ', 'postgres://', 'postgresql://', 'Namaste']) {
      expect(text).not.toContain(secret);
    }
  });
});
