import { Module } from '@nestjs/common';
import { DeliveryModule } from '@app/delivery';
import { InboxModule } from '@app/inbox';
import { Ingress } from './ingress';
import { journalProvider } from './journal.provider';
import { PostgresStore } from './postgres-store';
import { Replay } from './replay';

/** What Twilio tells us, made durable: messages to the inbox, status reports to delivery, the journal behind both. */
@Module({
  imports: [InboxModule, DeliveryModule],
  providers: [Ingress, PostgresStore, Replay, journalProvider],
  exports: [Ingress, Replay],
})
export class IngressModule {}
