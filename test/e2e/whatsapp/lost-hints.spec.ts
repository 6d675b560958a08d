import { until } from '@app/testing';
import { openShop, type OpenShop } from '../support/open-shop';
import { quickestMs } from '../support/quickest';
import { rows, settled } from './support/shop-rows';
import { SENDER } from './support/signed-webhook';

describe('mail whose hint was lost', () => {
  let shop: OpenShop;
  beforeAll(async () => {
    shop = await openShop({}, 'apart');
  });
  afterAll(() => shop.close());

  it('is answered within three seconds when the queue forgets every job', async () => {
    await rows(
      shop.database.url,
      `CREATE FUNCTION bullmq.forget() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
       CREATE TRIGGER forget BEFORE INSERT ON bullmq.job FOR EACH ROW EXECUTE FUNCTION bullmq.forget()`,
    );
    const phones = Array.from({ length: 10 }, (_, index) => shop.twilio.phone(`+977982000001${index}`));
    const began = Date.now();
    await Promise.all(phones.map((phone) => phone.says('hi')));
    await Promise.all(phones.map((phone) => phone.waitForReply({ timeoutMs: 3_500 })));
    expect(Date.now() - began).toBeLessThan(3_500);
    await rows(shop.database.url, 'DROP TRIGGER forget ON bullmq.job');
    await settled(shop.database.url);
  });

  it('is answered when the queue was emptied while it waited, and the queue goes on', async () => {
    await rows(shop.database.url, 'TRUNCATE bullmq.job CASCADE');
    const phone = shop.twilio.phone('+9779820000020');
    await phone.says('hi');
    await phone.waitForReply({ timeoutMs: 3_500 });
    const exchange = async (): Promise<void> => {
      await phone.says('help');
      await phone.waitForReply();
    };
    expect(await quickestMs(exchange)).toBeLessThan(900);
  });

  it('is found when a process stored it and died before it rang', async () => {
    const address = 'whatsapp:+9779820000021';
    await rows(
      shop.database.url,
      `WITH known AS (INSERT INTO message_sids VALUES ('SM${'1'.repeat(32)}', 'inbound', nextval('message_ids')) RETURNING *)
       INSERT INTO inbox_messages (id, sid, source, address, sender, content, params, correlation_id)
       SELECT message_id, sid, 'webhook', $1, $2, '{"type":"text","text":"hi"}', '{}', 'lost' FROM known`,
      [address, SENDER],
    );
    await until(async () => (await shop.twilio.acceptedMessages(address)).length === 1, { timeoutMs: 3_500 });
  });

  it('is found when the worker that had it died, and the one before is not processed twice', async () => {
    const phone = shop.twilio.phone('+9779820000022');
    await phone.says('hi');
    await phone.waitForReply();
    await rows(
      shop.database.url,
      `UPDATE inbox_messages SET status = 'pending', attempts = 1, leased_until = now() + interval '0.5 seconds'
       WHERE address = 'whatsapp:+9779820000022'`,
    );
    await until(async () => (await shop.twilio.acceptedMessages('+9779820000022')).length === 2, {
      timeoutMs: 4_000,
    });
    await settled(shop.database.url);
    const [row] = await rows<{ attempts: number }>(
      shop.database.url,
      `SELECT attempts FROM inbox_messages WHERE address = 'whatsapp:+9779820000022'`,
    );
    expect(row!.attempts).toBe(2);
  });

  it('does not wait behind a conversation whose answers are slow', async () => {
    await rows(
      shop.database.url,
      `CREATE TRIGGER forget BEFORE INSERT ON bullmq.job FOR EACH ROW EXECUTE FUNCTION bullmq.forget()`,
    );
    await shop.twilio.faults({ latencyMs: 4_000 });
    const slow = shop.twilio.phone('+9779820000030');
    await slow.says('hi');
    await until(async () => (await shop.twilio.acceptedMessages('+9779820000030')).length === 1);
    await shop.twilio.faults({});
    const began = Date.now();
    const quick = shop.twilio.phone('+9779820000031');
    await quick.says('hi');
    await quick.waitForReply({ timeoutMs: 3_500 });
    expect(Date.now() - began).toBeLessThan(3_500);
    await rows(shop.database.url, 'DROP TRIGGER forget ON bullmq.job');
    await settled(shop.database.url);
  });
});
