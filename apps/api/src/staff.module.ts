import { Module } from '@nestjs/common';
import { AuditApiModule } from './audit/audit.module';
import { AuthModule } from './auth/auth.module';
import { BroadcastsApiModule } from './broadcasts/broadcasts.module';
import { DeadLettersApiModule } from './dead-letters/dead-letters.module';
import { HttpModule } from './http/http.module';
import { OrdersApiModule } from './orders/orders.module';
import { ProductsApiModule } from './products/products.module';
import { ReviewApiModule } from './review/review.module';
import { SendersApiModule } from './senders/senders.module';

/** The staff side. With it come the guard and the error format of every route of the process. */
@Module({
  imports: [
    HttpModule,
    AuthModule,
    ProductsApiModule,
    OrdersApiModule,
    BroadcastsApiModule,
    DeadLettersApiModule,
    ReviewApiModule,
    SendersApiModule,
    AuditApiModule,
  ],
})
export class StaffModule {}
