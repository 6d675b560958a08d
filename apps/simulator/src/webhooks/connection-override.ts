export type RetryReason = '4xx' | '5xx' | 'ct' | 'rt';

/** Twilio's connection overrides: the fragment of a webhook URL, never sent and never signed. */
interface ConnectionOverride {
  readonly connectMs: number;
  readonly readMs: number;
  readonly totalMs: number;
  readonly retries: number;
  readonly retryOn: ReadonlySet<RetryReason>;
}

export interface WebhookTarget {
  /** The URL as it is requested and signed: without credentials and without the fragment. */
  readonly url: string;
  readonly authorization: string | undefined;
  readonly override: ConnectionOverride;
}

const ALL_REASONS: readonly RetryReason[] = ['4xx', '5xx', 'ct', 'rt'];

export function readWebhookTarget(configured: string): WebhookTarget {
  const [whole = '', fragment = ''] = splitOnce(configured, '#');
  const parts = /^([a-z]+:\/\/)(?:([^/?#@]*)@)?(.*)$/i.exec(whole);
  const credentials = parts?.[2];
  return {
    url: parts ? `${parts[1] ?? ''}${parts[3] ?? ''}` : whole,
    authorization:
      credentials === undefined
        ? undefined
        : `Basic ${Buffer.from(decodeURIComponent(credentials)).toString('base64')}`,
    override: readOverride(new URLSearchParams(fragment)),
  };
}

function readOverride(keys: URLSearchParams): ConnectionOverride {
  return {
    connectMs: within(keys.get('ct'), 100, 10_000, 5_000),
    readMs: within(keys.get('rt'), 100, 15_000, 15_000),
    totalMs: within(keys.get('tt'), 100, 15_000, 15_000),
    retries: within(keys.get('rc'), 0, 5, 1),
    retryOn: readReasons(keys.get('rp')),
  };
}

function within(text: string | null, least: number, most: number, fallback: number): number {
  const value = Number(text);
  return text === null || text === '' || !Number.isInteger(value) || value < least || value > most
    ? fallback
    : value;
}

/** Only a failed connection is retried unless the fragment says otherwise. */
function readReasons(text: string | null): ReadonlySet<RetryReason> {
  const named = (text ?? 'ct').split(',');
  return new Set(ALL_REASONS.filter((reason) => named.includes(reason) || named.includes('all')));
}

function splitOnce(text: string, separator: string): string[] {
  const index = text.indexOf(separator);
  return index === -1 ? [text] : [text.slice(0, index), text.slice(index + 1)];
}
