import { queryRows, type Tx } from '@app/database';
import { hashPassword } from './password-hash';

/** Creates the owner when there is no user at all. Returns whether it did. */
export async function ensureFirstAdmin(tx: Tx, email: string, password: string): Promise<boolean> {
  // Two starters must not both find the table empty.
  await queryRows(tx, 'LOCK TABLE users IN SHARE ROW EXCLUSIVE MODE');
  const [users] = await queryRows<{ any: boolean }>(tx, 'SELECT EXISTS (SELECT FROM users) AS any');
  if (users?.any) {
    return false;
  }
  await queryRows(tx, `INSERT INTO users (email, password_hash, role) VALUES ($1, $2, 'owner')`, [
    email.trim().toLowerCase(),
    await hashPassword(password),
  ]);
  return true;
}
