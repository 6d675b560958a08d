import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { SETTINGS, type Settings } from '@app/config';
import { ok, refuse, type Result } from '@app/kernel';

/** Twilio fetches at once; a message that waits for its turn may do so for hours. */
const VALID_MS = 24 * 60 * 60_000;

const PATH = '/media/public/';
const TOKEN = /^(\d{1,18})\.(\d{1,12})\.([\w-]{43})$/;

/** An address under which anybody may fetch a file, for a time. */
export interface MediaLink {
  url: string;
  expiresAt: Date;
}

/** Addresses of our files for Twilio: whoever has one needs nothing else, and it ends by itself. */
@Injectable()
export class MediaLinks {
  private readonly origin: string;
  /** The first one signs. */
  private readonly keys: readonly Buffer[];

  constructor(
    @Inject(SETTINGS)
    {
      webhookUrl,
      jwtSecret,
      jwtSecretPrevious,
    }: Pick<Settings, 'webhookUrl' | 'jwtSecret' | 'jwtSecretPrevious'>,
  ) {
    this.origin = new URL(webhookUrl).origin;
    this.keys = [jwtSecret, ...(jwtSecretPrevious === undefined ? [] : [jwtSecretPrevious])].map(keyOf);
  }

  create(mediaId: string): MediaLink {
    const expires = Math.ceil((Date.now() + VALID_MS) / 1_000);
    const [key = Buffer.alloc(0)] = this.keys;
    const token = `${mediaId}.${expires}.${sign(key, mediaId, expires).toString('base64url')}`;
    return { url: `${this.origin}${PATH}${token}`, expiresAt: new Date(expires * 1_000) };
  }

  /** The id of the file that a token opens. Refuses with MEDIA_NOT_FOUND or MEDIA_LINK_EXPIRED. */
  read(token: string): Result<string> {
    const [, id = '', expires = '', signature = ''] = TOKEN.exec(token) ?? [];
    const given = Buffer.from(signature, 'base64url');
    const isOurs = this.keys.some((key) => {
      const expected = sign(key, id, Number(expires));
      return expected.length === given.length && timingSafeEqual(expected, given);
    });
    if (!isOurs) {
      return refuse('MEDIA_NOT_FOUND', 'This address opens no file.');
    }
    return Number(expires) * 1_000 > Date.now()
      ? ok(id)
      : refuse('MEDIA_LINK_EXPIRED', 'This address has expired: make a new one.');
  }

  /** The token of an address of ours, undefined for any other. */
  tokenIn(url: string): string | undefined {
    const { origin, pathname, search, hash } = URL.canParse(url) ? new URL(url) : new URL('about:blank');
    const isOurs = origin === this.origin && pathname.startsWith(PATH) && search === '' && hash === '';
    return isOurs ? pathname.slice(PATH.length) : undefined;
  }
}

/** A key of its own: no access token can be made of a link, and no link of an access token. */
function keyOf(secret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', 'pasal media link', 32));
}

function sign(key: Buffer, mediaId: string, expires: number): Buffer {
  return createHmac('sha256', key).update(`${mediaId}.${expires}`).digest();
}
