import { randomBytes, scrypt, type ScryptOptions, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** 32 MiB and about a tenth of a second: OWASP's scrypt setting for machines with little memory. */
const COST = { ln: 15, r: 8, p: 3 };
const KEY_BYTES = 32;
const SHAPE = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([\w-]+)\$([\w-]+)$/;

const options = ({ ln, r, p }: typeof COST): ScryptOptions => ({
  N: 2 ** ln,
  r,
  p,
  maxmem: 256 * 2 ** ln * r,
});

/** A salted scrypt hash that carries its parameters, so that they can be raised without a migration. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password.normalize('NFC'), salt, KEY_BYTES, options(COST));
  const { ln, r, p } = COST;
  return `$scrypt$ln=${ln},r=${r},p=${p}$${salt.toString('base64url')}$${key.toString('base64url')}`;
}

/**
 * Compares in constant time. Without a hash (an unknown user) it takes as long and answers false: the time of an answer
 * must not tell who works here.
 */
export async function passwordMatches(password: string, hash: string | undefined): Promise<boolean> {
  const parts = hash === undefined ? null : SHAPE.exec(hash);
  const [, ln = COST.ln, r = COST.r, p = COST.p, salt = '', expected = ''] = parts ?? [];
  const cost = options({ ln: Number(ln), r: Number(r), p: Number(p) });
  const key = await derive(password.normalize('NFC'), Buffer.from(salt, 'base64url'), KEY_BYTES, cost);
  const wanted = Buffer.from(expected, 'base64url');
  return wanted.length === key.length && timingSafeEqual(key, wanted);
}
