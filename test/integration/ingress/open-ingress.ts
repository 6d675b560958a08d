import { Test } from '@nestjs/testing';
import { Client } from 'pg';
import { ConversationModule } from '@app/conversation';
import { DeliveryService } from '@app/delivery';
import { type ArrivedMessage, InboxIntake } from '@app/inbox';
import { Ingress, IngressModule } from '@app/ingress';
import { CoreModule } from '@app/platform';
import { testSettings } from '@app/testing';

export const SENDER = 'whatsapp:+14155238886';

export interface OpenIngress {
  ingress: Ingress;
  intake: InboxIntake;
  delivery: DeliveryService;
  close: () => Promise<void>;
}

/** What a process needs to store what Twilio tells it, on its own connections and without anybody who processes it. */
export async function openIngress(databaseUrl: string): Promise<OpenIngress> {
  const module = await Test.createTestingModule({
    imports: [CoreModule.forRoot(testSettings(databaseUrl)), ConversationModule, IngressModule],
  }).compile();
  await module.init();
  return {
    ingress: module.get(Ingress),
    intake: module.get(InboxIntake, { strict: false }),
    delivery: module.get(DeliveryService, { strict: false }),
    close: () => module.close(),
  };
}

export function arrived(sid: string, text: string, phone = '+9779830000001'): ArrivedMessage {
  return {
    message: {
      sid,
      address: `whatsapp:${phone}`,
      sender: SENDER,
      externalId: null,
      profileName: '',
      content: { type: 'text', text },
    },
    params: { MessageSid: sid, Body: text },
    source: 'webhook',
    correlationId: 'test',
    receivedAt: Date.now(),
  };
}

/** Unique and in the order of `number`. */
export const sidOf = (prefix: string, number: number): string =>
  `SM${prefix}${String(number).padStart(32 - prefix.length, '0')}`;

export async function connected(databaseUrl: string): Promise<Client> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  return client;
}
