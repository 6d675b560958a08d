import { randomBytes } from 'node:crypto';

export type SidPrefix = 'SM' | 'MM' | 'ME' | 'HX' | 'RQ' | 'XE' | 'EZ';

export function newSid(prefix: SidPrefix): string {
  return prefix + randomBytes(16).toString('hex');
}
