/** What Twilio makes of the shop's answer to an inbound webhook. */
export interface AnswerReading {
  /** Texts that go to the shopper. */
  readonly replies: readonly string[];
  /** The debugger's error or warning. */
  readonly problem: { readonly code: number; readonly title: string } | null;
}

const MAX_TWIML_BYTES = 65_536;
const MAX_REPLIES = 10;
const TWIML_TYPES = new Set(['text/xml', 'application/xml', 'text/html']);

/** `text/plain` is not an acknowledgement: Twilio sends its content to the shopper. */
export function readAnswer(status: number, contentType: string | undefined, body: string): AnswerReading {
  if (status < 200 || status > 299) {
    return failure(11200, 'HTTP retrieval failure');
  }
  if (status === 204) {
    return { replies: [], problem: null };
  }
  const type = (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === 'text/plain') {
    return { replies: body === '' ? [] : [body], problem: null };
  }
  if (!TWIML_TYPES.has(type)) {
    return failure(12300, 'Invalid Content-Type');
  }
  return body.trim() === '' ? failure(11770, 'Empty response body') : readTwiml(body);
}

function readTwiml(body: string): AnswerReading {
  if (Buffer.byteLength(body) > MAX_TWIML_BYTES) {
    return failure(11750, 'TwiML response body too large');
  }
  const document = body.replace(/^\uFEFF?\s*<\?xml[^>]*\?>/, '').trim();
  if (!document.startsWith('<') || !document.endsWith('>')) {
    return failure(12100, 'Document parse failure');
  }
  if (!/^<Response[\s/>]/.test(document)) {
    return failure(12102, 'The root element must be Response');
  }
  const replies = [...document.matchAll(/<Message(?:\s[^>]*)?>([\s\S]*?)<\/Message>/g)]
    .map((match) => textOf(match[1] ?? ''))
    .filter((text) => text !== '');
  return replies.length > MAX_REPLIES
    ? {
        replies: replies.slice(0, MAX_REPLIES),
        problem: { code: 14109, title: 'TwiML Reply message limit exceeded' },
      }
    : { replies, problem: null };
}

function textOf(message: string): string {
  const inner = /<Body(?:\s[^>]*)?>([\s\S]*?)<\/Body>/.exec(message)?.[1] ?? message.replace(/<[^>]+>/g, '');
  return decode(inner).trim();
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function decode(text: string): string {
  const plain = text.replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, '$1');
  return plain.replace(
    /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name !== undefined) {
        return ENTITIES[name] ?? whole;
      }
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

function failure(code: number, title: string): AnswerReading {
  return { replies: [], problem: { code, title } };
}
