import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccessModule } from '@app/access';
import { AuthController } from './auth.controller';
import { StaffGuard } from './staff.guard';

/** Logging in, and the guard that closes every other route of the process. */
@Module({
  imports: [AccessModule],
  controllers: [AuthController],
  providers: [{ provide: APP_GUARD, useClass: StaffGuard }],
})
export class AuthModule {}
