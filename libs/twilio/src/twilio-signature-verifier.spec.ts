import { createHash } from 'node:crypto';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { Senders } from '@app/config';
import { TEST_ACCOUNT_SID, testSettings } from '@app/testing';
import { TwilioSignatureVerifier } from './twilio-signature-verifier';

const CURRENT = '0123456789abcdef0123456789abcdef';
const NEXT = 'fedcba9876543210fedcba9876543210';
const PATH = '/api/v1/whatsapp/webhook';
const params = { Body: 'hi', MessageSid: `SM${'1'.repeat(32)}` };

const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

describe('TwilioSignatureVerifier', () => {
  const verifierWith = (environment: Record<string, string>): TwilioSignatureVerifier => {
    const settings = testSettings('postgres://none', {
      TWILIO_AUTH_TOKEN: CURRENT,
      TWILIO_AUTH_TOKEN_NEXT: NEXT,
      WEBHOOK_URL: `https://shop.example${PATH}`,
      STATUS_CALLBACK_URL: 'https://status.example/api/v1/whatsapp/status',
      ...environment,
    });
    return new TwilioSignatureVerifier(settings, new Senders(settings));
  };
  const verify = (
    verifier: TwilioSignatureVerifier,
    url: string,
    token = CURRENT,
  ): ReturnType<TwilioSignatureVerifier['verify']> =>
    verifier.verify({
      pathAndQuery: url.replace(/^https:\/\/[^/]+/, ''),
      content: { params },
      signature: getExpectedTwilioSignature(token, url, params),
    });

  afterEach(() => jest.useRealTimers());

  it.each([
    ['https://shop.example', CURRENT, 'webhook', 'current'],
    ['https://shop.example', NEXT, 'webhook', 'next'],
    ['https://status.example', CURRENT, 'webhook', 'current'],
    ['https://spare.example:8443', NEXT, 'fallback', 'next'],
    ['https://new.example', CURRENT, 'candidate', 'current'],
  ])('says that %s was signed, and with which token', (origin, token, way, name) => {
    const verifier = verifierWith({
      WEBHOOK_FALLBACK_URL: `https://spare.example:8443${PATH}#rc=0`,
      WEBHOOK_URL_CANDIDATES: 'https://new.example/hook,https://shop.example/again;until=2999-12-31',
    });
    const expected = { origin, way, account: TEST_ACCOUNT_SID, token: name };
    // Once from the whole list, once as what fitted last.
    expect(verify(verifier, origin + PATH, token)).toEqual(expected);
    expect(verify(verifier, origin + PATH, token)).toEqual(expected);
    expect(verify(verifier, `${origin}${PATH}?a=1`, '00000000000000000000000000000000')).toBeUndefined();
    expect(verify(verifier, `https://shop.example${PATH}`)?.way).toBe('webhook');
  });

  it('tells a fallback URL on the same origin by its path', () => {
    const verifier = verifierWith({
      WEBHOOK_FALLBACK_URL: 'https://shop.example/webhooks/twilio/whatsapp',
    });
    expect(verify(verifier, 'https://shop.example/webhooks/twilio/whatsapp?x=1')?.way).toBe('fallback');
    expect(verify(verifier, `https://shop.example${PATH}`)?.way).toBe('webhook');
  });

  it('accepts candidates until the end of their last day', () => {
    const verifier = verifierWith({ WEBHOOK_URL_CANDIDATES: 'https://new.example/hook;until=2026-12-31' });
    jest.useFakeTimers({ now: new Date('2026-12-31T23:59:59Z') });
    expect(verify(verifier, `https://new.example${PATH}`)?.way).toBe('candidate');
    jest.setSystemTime(new Date('2027-01-01T00:00:00Z'));
    expect(verify(verifier, `https://new.example${PATH}`)).toBeUndefined();
    expect(verify(verifier, `https://shop.example${PATH}`)?.way).toBe('webhook');
  });

  it('proves a body by the hash of its bytes in the signed query', () => {
    const verifier = verifierWith({});
    const body = Buffer.from([0x5b, 0xff, 0x5d]);
    const signed = (query: string): string =>
      getExpectedTwilioSignature(CURRENT, `https://shop.example/events${query}`, {});
    const decide = (query: string): boolean =>
      verifier.verify({
        pathAndQuery: `/events${query}`,
        content: { body },
        signature: signed(query),
      }) !== undefined;
    expect(decide(`?bodySHA256=${sha256(body)}`)).toBe(true);
    expect(decide(`?bodySHA256=${sha256(Buffer.from('[]'))}`)).toBe(false);
    expect(decide('?bodySHA256=')).toBe(false);
    expect(decide('')).toBe(false);
  });

  describe('of two accounts', () => {
    const OTHER = `AC${'b'.repeat(32)}`;
    const OTHERS_TOKEN = 'b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0';
    const decide = (named: string | undefined, token: string): object | undefined => {
      const signed = { ...params, ...(named !== undefined && { AccountSid: named }) };
      return verifierWith({
        TWILIO_SENDERS: JSON.stringify([
          { address: '+9779810000002', accountSid: OTHER, authToken: OTHERS_TOKEN },
        ]),
      }).verify({
        pathAndQuery: PATH,
        content: { params: signed },
        signature: getExpectedTwilioSignature(token, `https://shop.example${PATH}`, signed),
      });
    };

    it('takes the tokens of the one that AccountSid names, and of no other', () => {
      expect(decide(OTHER, OTHERS_TOKEN)).toMatchObject({ account: OTHER, token: 'current' });
      expect(decide(TEST_ACCOUNT_SID, NEXT)).toMatchObject({ account: TEST_ACCOUNT_SID, token: 'next' });
      expect(decide(OTHER, CURRENT)).toBeUndefined();
      expect(decide(TEST_ACCOUNT_SID, OTHERS_TOKEN)).toBeUndefined();
    });

    it('tries all where it names none of ours, and says whose token it was', () => {
      expect(decide(undefined, OTHERS_TOKEN)).toMatchObject({ account: OTHER });
      expect(decide(`AC${'c'.repeat(32)}`, CURRENT)).toMatchObject({ account: TEST_ACCOUNT_SID });
    });
  });

  it('takes everything, and says so, while verification is switched off', () => {
    const verifier = verifierWith({ FORCE_TWILIO_VERIFY: 'false' });
    const request = { pathAndQuery: PATH, content: { params }, signature: undefined };
    expect(verifier.verify(request)).toMatchObject({ account: null, token: 'unchecked' });
  });
});
