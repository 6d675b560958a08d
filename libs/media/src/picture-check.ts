import { Injectable } from '@nestjs/common';
import { ok, refuse, type Result } from '@app/kernel';
import { publicHttpsUrl, SafeFetcher } from '@app/safe-fetch';
import { acceptedType, isPicture } from './domain/media-type';
import { MediaLinks } from './media-links';
import { MediaService } from './media.service';

/** WhatsApp's largest picture. */
const MOST_BYTES = 5 * 1_024 * 1_024;
const DEADLINE_MS = 15_000;

/** Finds out before a shopper does whether an address is that of a picture which WhatsApp shows. */
@Injectable()
export class PictureCheck {
  constructor(
    private readonly fetcher: SafeFetcher,
    private readonly links: MediaLinks,
    private readonly media: MediaService,
  ) {}

  /**
   * A picture of the public internet; the address in its one spelling. Refuses with PICTURE_REFUSED.
   * @param field of the request that holds the address
   */
  async published(address: string, field: string): Promise<Result<string>> {
    const url = publicHttpsUrl(address);
    if (!url) {
      return refused(field, 'must be an https URL of the public internet, without a port, user or password');
    }
    const fetched = await this.fetcher.fetch({
      url,
      admit: (at) => (publicHttpsUrl(at) ? { trusted: false } : undefined),
      mostBytes: MOST_BYTES,
      deadlineMs: DEADLINE_MS,
    });
    if (fetched.kind !== 'fetched') {
      return refused(field, `must be the URL of a picture that can be fetched: ${fetched.message}`);
    }
    const type = acceptedType(fetched.contentType, fetched.bytes);
    return type.ok && isPicture(type.value)
      ? ok(url.href)
      : refused(field, 'must be the URL of a JPEG, PNG or WebP picture that is served as what it is');
  }

  /** Like {@link published}, or a file of ours by its link. */
  async sendable(address: string, field: string): Promise<Result<string>> {
    const token = this.links.tokenIn(address);
    if (token === undefined) {
      return this.published(address, field);
    }
    const id = this.links.read(token);
    const media = id.ok ? await this.media.stored(id.value) : id;
    if (!media.ok) {
      return refused(field, `must be a link to a file that is there: ${media.refusal.detail}`);
    }
    const { contentType, bytes } = media.value;
    return isPicture(contentType) && bytes <= MOST_BYTES
      ? ok(address)
      : refused(field, 'must be a link to a JPEG, PNG or WebP picture of at most 5 MiB');
  }
}

function refused(field: string, message: string): Result<never> {
  return refuse('PICTURE_REFUSED', 'The picture cannot be sent to a shopper.', [{ field, message }]);
}
