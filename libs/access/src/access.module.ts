import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessTokensService } from './access-tokens.service';
import { AccessService } from './access.service';
import { AuditEntryEntity } from './audit-entry.entity';
import { AuditLogRepository } from './audit-log.repository';
import { AuditLog } from './audit-log.service';
import { UserEntity } from './user.entity';
import { UsersRepository } from './users.repository';

/** Staff: who they are, how they prove it, what they may do, and what they did. */
@Module({
  imports: [JwtModule.register({}), TypeOrmModule.forFeature([UserEntity, AuditEntryEntity])],
  providers: [AccessService, AccessTokensService, AuditLog, AuditLogRepository, UsersRepository],
  exports: [AccessService, AuditLog],
})
export class AccessModule {}
