import { Injectable } from '@nestjs/common';
import { Database } from '@app/database';
import { ok, refuse, type Result } from '@app/kernel';
import { AccessTokensService, TOKEN_SECONDS } from './access-tokens.service';
import type { StaffMember } from './domain/role';
import { passwordMatches } from './password-hash';
import { UsersRepository } from './users.repository';

/** A token for the `Authorization` header, and for how many seconds it is good. */
export interface Login {
  accessToken: string;
  expiresIn: number;
}

/** Who of the staff is at the door. */
@Injectable()
export class AccessService {
  constructor(
    private readonly database: Database,
    private readonly users: UsersRepository,
    private readonly tokens: AccessTokensService,
  ) {}

  /** Refuses with LOGIN_FAILED, and never says which of the two was wrong. */
  async login(email: string, password: string): Promise<Result<Login>> {
    const user = await this.users.findByEmail(this.database.pool, email.trim().toLowerCase());
    if (!(await passwordMatches(password, user?.passwordHash)) || !user) {
      return refuse('LOGIN_FAILED', 'E-mail or password is wrong.');
    }
    return ok({ accessToken: await this.tokens.sign(user.staff.id), expiresIn: TOKEN_SECONDS });
  }

  /**
   * Who holds the token. The user is read every time, so that a deactivation or a new role holds at once.
   * Refuses with UNAUTHENTICATED.
   */
  async authenticate(token: string): Promise<Result<StaffMember>> {
    const id = await this.tokens.verify(token);
    const staff = id === undefined ? undefined : await this.users.find(this.database.pool, id);
    return staff
      ? ok(staff)
      : refuse('UNAUTHENTICATED', 'The token is not valid or has expired: log in again.');
  }
}
