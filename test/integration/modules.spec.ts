import { readFileSync } from 'node:fs';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { CatalogModule, CatalogueService } from '@app/catalog';
import { ConversationModule, ConversationProcessor } from '@app/conversation';
import { DeliveryModule, DeliveryService } from '@app/delivery';
import { OrdersModule, OrdersService } from '@app/orders';
import { testDatabase, type TestDatabase, testSettings } from '@app/testing';
import { createApi } from '../../apps/api/src/create-api';
import { SignatureModule } from '../../apps/api/src/webhooks/signature.module';
import { InboundWebhookController } from '../../apps/api/src/webhooks/inbound-webhook.controller';
import { TwilioSignatureGuard } from '../../apps/api/src/webhooks/twilio-signature.guard';
import { WebhooksModule } from '../../apps/api/src/webhooks/webhooks.module';
import { InboxProcessor } from '../../apps/worker/src/processors/inbox.processor';
import { OutboxProcessor } from '../../apps/worker/src/processors/outbox.processor';
import { WorkerModule } from '../../apps/worker/src/worker.module';

/** The modules that the project was ordered with, and what each brings. */
const ordered = [
  ['apps/api/src/webhooks/webhooks.module.ts', WebhooksModule, InboundWebhookController],
  ['apps/api/src/webhooks/signature.module.ts', SignatureModule, TwilioSignatureGuard],
  ['libs/conversation/src/conversation.module.ts', ConversationModule, ConversationProcessor],
  ['libs/catalog/src/catalog.module.ts', CatalogModule, CatalogueService],
  ['libs/orders/src/orders.module.ts', OrdersModule, OrdersService],
  ['libs/delivery/src/delivery.module.ts', DeliveryModule, DeliveryService],
  ['apps/worker/src/worker.module.ts', WorkerModule, InboxProcessor],
  ['apps/worker/src/worker.module.ts', WorkerModule, OutboxProcessor],
] as const;

describe('the modules that were ordered', () => {
  let database: TestDatabase;
  let app: NestFastifyApplication;
  beforeAll(async () => {
    database = await testDatabase();
    const settings = testSettings(database.url);
    app = await createApi(settings, [WorkerModule]);
  });
  afterAll(async () => {
    await app.close();
    await database.drop();
  });

  it.each(ordered)('%s is resolved by dependency injection', (file, module, provider) => {
    expect(app.select(module).get<object>(provider, { strict: true })).toBeInstanceOf(provider);
    expect(readFileSync('docs/ARCHITECTURE.md', 'utf8')).toContain(file);
  });
});
