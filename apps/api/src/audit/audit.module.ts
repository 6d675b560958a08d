import { Module } from '@nestjs/common';
import { AccessModule } from '@app/access';
import { AuditController } from './audit.controller';

/** Staff route of the audit log. */
@Module({ imports: [AccessModule], controllers: [AuditController] })
export class AuditApiModule {}
