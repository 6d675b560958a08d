/** Enough of an account's SID to tell the shop's accounts apart. */
export function maskAccount(sid: string): string {
  return `AC…${sid.slice(-6)}`;
}
