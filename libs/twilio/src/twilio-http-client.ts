import { RequestClient } from 'twilio';
import { Agent, request } from 'undici';
import { noteAnswer } from './request-trace';

const DEADLINE_MS = 10_000;
const CONNECTIONS = 64;

interface Options<Data> {
  method: string;
  uri: string;
  username?: string;
  password?: string;
  headers?: object;
  params?: object;
  data?: Data;
}

interface Answer<Body> {
  statusCode: number;
  headers: unknown;
  body: Body;
  toString(): string;
}

/**
 * The official client's transport on one keep-alive pool, with a total deadline and, for the simulator, another origin. The
 * library's own transport has no way to replace the origin and opens at most 20 sockets.
 */
export class TwilioHttpClient extends RequestClient {
  private readonly agent = new Agent({ connections: CONNECTIONS, connect: { timeout: 5_000 } });

  constructor(private readonly baseUrl: string | undefined) {
    super();
  }

  override async request<Data>(options: Options<Data>): Promise<Answer<Data>> {
    const { pathname, search, origin } = new URL(options.uri);
    const headers = options.headers as Record<string, string>;
    const credentials = Buffer.from(`${options.username ?? ''}:${options.password ?? ''}`).toString('base64');
    const response = await request(`${this.baseUrl ?? origin}${pathname}${search}`, {
      method: options.method.toUpperCase() as 'GET',
      headers: { ...headers, authorization: `Basic ${credentials}` },
      body: options.data ? bodyOf(options.data as object, headers['Content-Type']) : null,
      ...(options.params && { query: options.params as Record<string, string> }),
      dispatcher: this.agent,
      signal: AbortSignal.timeout(DEADLINE_MS),
    });
    noteAnswer(options.data, response.statusCode, response.headers['twilio-request-id']);
    const text = await response.body.text();
    return {
      statusCode: response.statusCode,
      headers: response.headers,
      body: parseBody(text) as Data,
      toString: () => `HTTP ${response.statusCode}`,
    };
  }

  async close(): Promise<void> {
    await this.agent.close();
  }
}

/** The Content API takes JSON, everything else forms. */
function bodyOf(data: object, contentType: string | undefined): string {
  return contentType === 'application/json' ? JSON.stringify(data) : formBody(data);
}

/** Twilio repeats the key of a list: `MediaUrl=a&MediaUrl=b`. */
function formBody(data: object): string {
  const form = new URLSearchParams();
  for (const [name, value] of Object.entries(data) as [string, unknown][]) {
    for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) {
      form.append(name, String(item));
    }
  }
  return form.toString();
}

/** A proxy in front of Twilio answers HTML: the SDK then reports the status without a code. */
function parseBody(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
