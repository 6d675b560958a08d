import { randomUUID } from 'node:crypto';

export type SidPrefix = 'SM' | 'MM' | 'ME' | 'HX' | 'RQ' | 'XE' | 'EZ';

export function newSid(prefix: SidPrefix): string {
  // Drawn from a pool, unlike `randomBytes`, which was a twentieth of a send.
  return prefix + randomUUID().replaceAll('-', '');
}
