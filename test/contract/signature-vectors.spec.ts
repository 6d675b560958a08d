import * as fc from 'fast-check';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { type FormParams, parseForm, parseInboundMessage, verifySignature } from '@app/twilio';
import vectors from './signature-vectors.json';

interface Vector {
  source: string;
  authToken: string;
  url: string;
  params?: Record<string, string | string[]>;
  body?: string;
  signature?: string;
  valid: boolean;
}

const TOKEN = '0123456789abcdef0123456789abcdef';
const ACCOUNT = `AC${'a'.repeat(32)}`;
const SENDER = 'whatsapp:+14155238886';
const SID = `SM${'b'.repeat(32)}`;
const all = vectors as Vector[];
const name = ({ source }: Vector): string => source.split(' :: ').at(-1)!;
const verify = ({ authToken, signature = '', url, params = {}, body }: Vector): boolean =>
  verifySignature(authToken, signature, url, body === undefined ? { params } : { body });

describe("the official validators' vectors", () => {
  it.each(all.map((vector) => [name(vector), vector] as const))('decide as Twilio does: %s', (_, vector) => {
    expect(verify(vector)).toBe(vector.valid);
  });

  it('accept a host in other case than was signed, as twilio-node does and a strict reading would not', () => {
    const params = { From: 'x' };
    const signature = getExpectedTwilioSignature(TOKEN, 'https://shop.example/hook', params);
    expect(verifySignature(TOKEN, signature, 'https://Shop.Example/hook', { params })).toBe(true);
    expect(verifySignature(TOKEN, signature, 'https://shop.example/Hook', { params })).toBe(false);
  });

  it('are refused, not answered with an error, for what is no URL, no signature or no token', () => {
    const forEmptyToken = getExpectedTwilioSignature('', 'https://shop.example/', {});
    expect(verifySignature(TOKEN, 'x', 'https://shop.examplehttp://evil/', { params: {} })).toBe(false);
    expect(verifySignature(TOKEN, '', 'https://shop.example/', { params: {} })).toBe(false);
    expect(verifySignature('', forEmptyToken, 'https://shop.example/', { params: {} })).toBe(false);
  });
});

describe('a signature', () => {
  const url = 'https://shop.example/api/v1/whatsapp/webhook?a=1';
  const text = fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' });
  const form = fc.dictionary(text, text, { minKeys: 1, maxKeys: 8 });

  it('covers every byte of every value, every name and the URL, through the form as it travels', () => {
    fc.assert(
      fc.property(form, fc.nat(), fc.nat(), fc.integer({ min: 1, max: 127 }), (fields, which, where, bit) => {
        const params = parseForm(new URLSearchParams(fields).toString());
        const signature = getExpectedTwilioSignature(TOKEN, url, params);
        expect(verifySignature(TOKEN, signature, url, { params })).toBe(true);
        const flip = (value: string): string => {
          const at = where % value.length;
          const other = String.fromCharCode(value.charCodeAt(at) ^ bit);
          return value.slice(0, at) + other + value.slice(at + 1);
        };
        const entries = Object.entries(params) as [string, string][];
        const index = which % entries.length;
        const changed = (change: (entry: [string, string]) => [string, string]): FormParams =>
          Object.fromEntries(entries.map((entry, i) => (i === index ? change(entry) : entry)));
        const signed = (candidate: FormParams): string =>
          Object.keys(candidate)
            .sort()
            .reduce((joined, key) => joined + key + String(candidate[key]), '');
        for (const candidate of [
          changed(([key, value]) => [key, flip(value)]),
          changed(([key, value]) => [flip(key), value]),
        ]) {
          // A changed name may collide or move a border without changing what is signed: the next test is about that.
          if (signed(candidate) !== signed(params)) {
            expect(verifySignature(TOKEN, signature, url, { params: candidate })).toBe(false);
          }
        }
        const other = url.slice(0, 20) + flip(url.slice(20));
        // Twilio's library also tries the URL as a browser would write it, for which `\\` is `/`.
        if (!URL.canParse(other) || new URL(other).href !== url) {
          expect(verifySignature(TOKEN, signature, other, { params })).toBe(false);
        }
      }),
    );
  });

  it('is over what Twilio joins, whatever the names, the values and their repeats', () => {
    const odd = fc.dictionary(
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.oneof(fc.string({ unit: 'binary', maxLength: 9 }), fc.array(fc.string({ maxLength: 3 }))),
      { maxKeys: 12, noNullPrototype: false },
    );
    fc.assert(
      fc.property(odd, (params) => {
        const signature = getExpectedTwilioSignature(TOKEN, url, params);
        expect(verifySignature(TOKEN, signature, url, { params })).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  const real: Record<string, string> = {
    AccountSid: ACCOUNT,
    ApiVersion: '2010-04-01',
    Body: '1 x 10',
    From: 'whatsapp:+9779800000001',
    MessageSid: SID,
    NumMedia: '0',
    NumSegments: '1',
    ProfileName: 'Asha',
    SmsMessageSid: SID,
    SmsSid: SID,
    SmsStatus: 'received',
    To: SENDER,
    WaId: '9779800000001',
  };

  it('whose borders between names and values were moved never makes another message of a real one', () => {
    const signature = getExpectedTwilioSignature(TOKEN, url, real);
    const names = Object.keys(real).sort();
    let verified = 0;
    for (const [index, left] of names.slice(0, -1).entries()) {
      const right = names[index + 1]!;
      const joined = real[left]! + right + real[right]!;
      for (let border = 0; border <= joined.length; border += 1) {
        for (let end = border; end <= joined.length; end += 1) {
          const moved: Record<string, string> = {
            ...Object.fromEntries(Object.entries(real).filter(([key]) => key !== left && key !== right)),
            [left]: joined.slice(0, border),
            ...(end > border && { [joined.slice(border, end)]: joined.slice(end) }),
          };
          const same = moved[left] === real[left] && moved[right] === real[right];
          if (same || !verifySignature(TOKEN, signature, url, { params: moved })) {
            continue;
          }
          verified += 1;
          const parsed = parseInboundMessage(moved, {
            provenAccount: ACCOUNT,
            accountOf: (sender) => (sender === SENDER ? ACCOUNT : undefined),
          });
          // Refused, or the same message of the same shopper, which is taken once by its SID.
          expect(
            !parsed.ok ||
              (parsed.value.sid === SID &&
                parsed.value.address === real['From'] &&
                parsed.value.sender === SENDER),
          ).toBe(true);
        }
      }
    }
    expect(verified).toBeGreaterThan(0);
  });
});
