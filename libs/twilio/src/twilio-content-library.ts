import { Injectable } from '@nestjs/common';
import type { Asked, ContentCategory, ContentForm, ContentLibrary, ContentResource } from '@app/messaging';
import { contentResource, type ListedContent } from './domain/content-resource';
import { TwilioClients } from './twilio-clients';

const API = 'https://content.twilio.com';

/** Twilio's most for a page of this API. */
const PAGE_SIZE = 500;

/** More pages than any account has forms for: a list that leads in a circle ends here. */
const MOST_PAGES = 100;

interface Page {
  contents?: ListedContent[];
  meta?: { next_page_url?: string | null };
}

/** Twilio's Content API behind the channel's port. */
@Injectable()
export class TwilioContentLibrary implements ContentLibrary {
  constructor(private readonly clients: TwilioClients) {}

  async list(account: string): Promise<Asked<readonly ContentResource[]>> {
    const all: ContentResource[] = [];
    let next: string | null = `/v1/ContentAndApprovals?PageSize=${PAGE_SIZE}`;
    for (let pages = 0; next !== null && pages < MOST_PAGES; pages += 1) {
      const asked: Asked<Page> = await this.ask<Page>(account, 'get', next);
      if (asked.kind !== 'found') {
        return asked;
      }
      const { contents = [], meta } = asked.value;
      all.push(...contents.map(contentResource).filter((resource) => resource !== undefined));
      next = pathOf(meta?.next_page_url);
    }
    return { kind: 'found', value: all };
  }

  async create(account: string, { name, language, types, samples }: ContentForm): Promise<Asked<string>> {
    const asked = await this.ask<{ sid?: string }>(account, 'post', '/v1/Content', {
      friendly_name: name,
      language,
      types,
      variables: samples,
    });
    if (asked.kind !== 'found') {
      return asked;
    }
    const { sid } = asked.value;
    return sid === undefined
      ? { kind: 'unavailable', message: 'the answer holds no content SID' }
      : { kind: 'found', value: sid };
  }

  async submit(
    account: string,
    sid: string,
    name: string,
    category: ContentCategory,
  ): Promise<Asked<string>> {
    const path = `/v1/Content/${sid}/ApprovalRequests/whatsapp`;
    const asked = await this.ask<{ status?: string }>(account, 'post', path, { name, category });
    return asked.kind === 'found' ? { kind: 'found', value: asked.value.status ?? 'received' } : asked;
  }

  private async ask<Body>(
    account: string,
    method: 'get' | 'post',
    path: string,
    data?: object,
  ): Promise<Asked<Body>> {
    const client = this.clients.of(account);
    if (!client) {
      return { kind: 'unavailable', message: 'no account of the shop' };
    }
    try {
      const { statusCode, body } = (await client.request({
        method,
        uri: API + path,
        ...(data && { data, headers: { 'Content-Type': 'application/json' } }),
      })) as { statusCode: number; body: { message?: string } | null };
      if (statusCode >= 200 && statusCode < 300 && typeof body === 'object' && body !== null) {
        return { kind: 'found', value: body as Body };
      }
      const message = `Twilio answered ${statusCode}${body?.message === undefined ? '' : `: ${body.message}`}`;
      return { kind: statusCode === 404 || statusCode === 501 ? 'absent' : 'unavailable', message };
    } catch (error) {
      return { kind: 'unavailable', message: (error as Error).message };
    }
  }
}

/** Of a page's address only the path: anything else could take our credentials to another host. */
function pathOf(url: string | null | undefined): string | null {
  if (url === null || url === undefined || !URL.canParse(url)) {
    return null;
  }
  const { pathname, search } = new URL(url);
  return pathname + search;
}
