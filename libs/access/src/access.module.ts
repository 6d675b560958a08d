import { Module } from '@nestjs/common';
import { JwtModule } from '@nestjs/jwt';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessTokensService } from './access-tokens.service';
import { AccessService } from './access.service';
import { UserEntity } from './user.entity';
import { UsersRepository } from './users.repository';

/** Staff: who they are, how they prove it, what they may do. */
@Module({
  imports: [JwtModule.register({}), TypeOrmModule.forFeature([UserEntity])],
  providers: [AccessService, AccessTokensService, UsersRepository],
  exports: [AccessService],
})
export class AccessModule {}
