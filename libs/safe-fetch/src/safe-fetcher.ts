import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { Agent, type Dispatcher, request } from 'undici';
import { lookupPublic, NotPublicError } from './public-address';

const CONNECT_MS = 5_000;
const MOST_REDIRECTS = 3;
const REDIRECTS = new Set([301, 302, 303, 307, 308]);

/** Answers after which the same request may succeed; also 401, 403 and 404: a token rotates, a file comes late. */
const MAY_CHANGE = new Set([401, 403, 404, 408, 425, 429]);

/** How an address is asked. */
export interface Admission {
  /** Configured by whoever runs the shop: it may lie in a private network. */
  trusted: boolean;
  /** Sent to this address only. */
  authorization?: string;
}

/** What is fetched, and within which limits. */
export interface FetchRequest {
  url: URL;
  /** Asked for the first address and for each that a redirect leads to; undefined: it must not be asked. */
  admit: (url: URL, redirects: number) => Admission | undefined;
  mostBytes: number;
  /** For everything together: names, connections, redirects, body. */
  deadlineMs: number;
  signal?: AbortSignal;
}

/** What became of it. Refused is for ever, unavailable may be another time. */
export type Fetched =
  | { kind: 'fetched'; bytes: Buffer; contentType: string }
  | { kind: 'refused'; reason: FetchRefusal; message: string }
  | { kind: 'unavailable'; message: string };

/** Why something is not fetched. */
export type FetchRefusal = 'address_not_allowed' | 'too_large' | 'too_many_redirects' | 'answer_not_usable';

/**
 * Fetches what strangers name, without being led where they may not look: every address is admitted one by one, private
 * networks are refused at the connection, and neither size nor time are the other side's choice. Never throws.
 */
@Injectable()
export class SafeFetcher implements OnApplicationShutdown {
  private readonly outside = new Agent({ connect: { timeout: CONNECT_MS, lookup: lookupPublic } });
  private readonly trusted = new Agent({ connect: { timeout: CONNECT_MS } });

  async fetch(wanted: FetchRequest): Promise<Fetched> {
    const signals = [AbortSignal.timeout(wanted.deadlineMs), ...(wanted.signal ? [wanted.signal] : [])];
    try {
      return await this.follow(wanted, AbortSignal.any(signals));
    } catch (error) {
      return error instanceof NotPublicError
        ? refused('address_not_allowed', error.message)
        : { kind: 'unavailable', message: (error as Error).message };
    }
  }

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.outside.destroy(), this.trusted.destroy()]);
  }

  private async follow({ url, admit, mostBytes }: FetchRequest, signal: AbortSignal): Promise<Fetched> {
    let at = url;
    for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
      const admission = admit(at, redirects);
      if (!admission) {
        return refused('address_not_allowed', `${at.protocol}//${at.host} must not be asked`);
      }
      const answer = await this.ask(at, admission, signal);
      const location = REDIRECTS.has(answer.statusCode) ? String(answer.headers['location'] ?? '') : '';
      if (location === '') {
        return await readAnswer(answer, mostBytes);
      }
      answer.body.destroy();
      if (!URL.canParse(location, at.href)) {
        return refused('address_not_allowed', `${at.host} redirects to what is no address`);
      }
      at = new URL(location, at);
    }
    return refused('too_many_redirects', `more than ${MOST_REDIRECTS} redirects`);
  }

  private async ask(
    at: URL,
    { trusted, authorization }: Admission,
    signal: AbortSignal,
  ): Promise<Dispatcher.ResponseData> {
    const answer = await request(at, {
      headers: authorization === undefined ? {} : { authorization },
      dispatcher: trusted ? this.trusted : this.outside,
      signal,
    });
    // A body that is left unread ends with an error that is nobody's news.
    answer.body.on('error', () => undefined);
    return answer;
  }
}

async function readAnswer(
  { statusCode, headers, body }: Dispatcher.ResponseData,
  mostBytes: number,
): Promise<Fetched> {
  if (statusCode !== 200) {
    body.destroy();
    const message = `the answer was ${statusCode}`;
    return statusCode >= 500 || MAY_CHANGE.has(statusCode)
      ? { kind: 'unavailable', message }
      : refused('answer_not_usable', message);
  }
  const tooLarge = refused('too_large', `more than ${mostBytes} bytes`);
  if (Number(headers['content-length'] ?? 0) > mostBytes) {
    body.destroy();
    return tooLarge;
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of body as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > mostBytes) {
      // Leaving the loop ends the connection.
      return tooLarge;
    }
    chunks.push(chunk);
  }
  return {
    kind: 'fetched',
    bytes: Buffer.concat(chunks),
    contentType: String(headers['content-type'] ?? ''),
  };
}

function refused(reason: FetchRefusal, message: string): Fetched {
  return { kind: 'refused', reason, message };
}
