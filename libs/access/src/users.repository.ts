import { Injectable } from '@nestjs/common';
import type { Tx } from '@app/database';
import type { StaffMember } from './domain/role';
import { UserEntity } from './user.entity';

/** Staff who may log in; those who were deactivated do not exist here. */
@Injectable()
export class UsersRepository {
  async findByEmail(
    tx: Tx,
    email: string,
  ): Promise<{ staff: StaffMember; passwordHash: string } | undefined> {
    const user = await tx.findOneBy(UserEntity, { email, active: true });
    return user ? { staff: toStaff(user), passwordHash: user.passwordHash } : undefined;
  }

  async find(tx: Tx, id: string): Promise<StaffMember | undefined> {
    const user = await tx.findOneBy(UserEntity, { id, active: true });
    return user ? toStaff(user) : undefined;
  }
}

function toStaff({ id, email, role }: UserEntity): StaffMember {
  return { id, email, role };
}
