import { createHash } from 'node:crypto';
import * as fc from 'fast-check';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks';
import { diagnoseSignature } from './diagnose-signature';

const TOKEN = '0123456789abcdef0123456789abcdef';
const SID = `SM${'b'.repeat(32)}`;

interface Captured {
  authToken: string;
  url: string;
  params: Record<string, string | string[]>;
  signature: string;
}

/** What Twilio signed; its text is of the test's choice. */
function signed(url: string, more: Record<string, string | string[]> = {}): Captured {
  const params = {
    AccountSid: `AC${'a'.repeat(32)}`,
    Body: '1 x 10',
    From: 'whatsapp:+9779800000001',
    MessageSid: SID,
    NumMedia: '0',
    ProfileName: 'Asha',
    SmsMessageSid: SID,
    SmsSid: SID,
    To: 'whatsapp:+14155238886',
    WaId: '9779800000001',
    ...more,
  };
  return { authToken: TOKEN, url, params, signature: getExpectedTwilioSignature(TOKEN, url, params) };
}

const without = (name: string, params: Captured['params']): Captured['params'] =>
  Object.fromEntries(Object.entries(params).filter(([other]) => other !== name));

const URL = 'https://shop.example/api/v1/whatsapp/webhook';
const word = fc.stringMatching(/^[a-zA-Z][a-z]{2,9}$/);
const base = fc
  .record({ host: word, path: word, query: word, body: fc.string({ minLength: 3, maxLength: 30 }) })
  .map(({ host, path, query, body }) =>
    signed(`https://${host.toLowerCase()}.example/${path}/hook?a=${query}&m=17`, { Body: body }),
  );

/** Each: what happens to a request on its way to the check, or to its description. */
const mishaps: [string, string, (request: Captured) => Captured][] = [
  ['SCHEME', 'http for https', (r) => ({ ...r, url: r.url.replace('https:', 'http:') })],
  ['TRAILING_SLASH', 'a slash at the end', (r) => ({ ...r, url: r.url.replace('/hook', '/hook/') })],
  ['QUERY_ADDED', 'one more parameter in the query', (r) => ({ ...r, url: `${r.url}&utm=x` })],
  ['QUERY_ORDER', 'a sorted query', (r) => ({ ...r, url: r.url.replace(/a=(\w+)&m=17/, 'm=17&a=$1') })],
  ['FRAGMENT', 'a fragment', (r) => ({ ...r, url: `${r.url}#rc=3` })],
  ['CREDENTIALS', 'credentials', (r) => ({ ...r, url: r.url.replace('//', '//me:secret@') })],
  ['HOST', 'www', (r) => ({ ...r, url: r.url.replace('//', '//www.') })],
  ['DOUBLE_SLASH', 'a doubled slash', (r) => ({ ...r, url: r.url.replace('/hook', '//hook') })],
  ['PARAMETER_ADDED', 'a parameter of a framework', (r) => ({ ...r, params: { ...r.params, tenant: '7' } })],
  [
    'QUERY_IN_PARAMETERS',
    'query and body mixed',
    (r) => ({
      ...r,
      params: { ...r.params, ...Object.fromEntries(new URLSearchParams(r.url.split('?')[1])) },
    }),
  ],
  [
    'QUERY_IN_PARAMETERS',
    'the query moved to the body',
    (r) => ({
      ...r,
      url: r.url.split('?')[0]!,
      params: { ...r.params, ...Object.fromEntries(new URLSearchParams(r.url.split('?')[1])) },
    }),
  ],
  [
    'PLUS_IN_VALUE',
    'every + made a space',
    (r) => ({ ...r, params: { ...r.params, From: 'whatsapp: 9779800000001', To: 'whatsapp: 14155238886' } }),
  ],
  ['PARAMETER_MISSING', 'SmsSid dropped', (r) => ({ ...r, params: without('SmsSid', r.params) })],
  ['TOKEN_NOT_TRIMMED', 'a line end after the token', (r) => ({ ...r, authToken: `${TOKEN}\n` })],
  ['SIGNATURE_NOT_TRIMMED', 'quotes around the signature', (r) => ({ ...r, signature: `"${r.signature}"` })],
  ['TOKEN_EMPTY', 'no token', (r) => ({ ...r, authToken: '' })],
  ['SIGNATURE_MISSING', 'no signature', (r) => ({ ...r, signature: '' })],
  ['SIGNATURE_SHAPE', 'half a signature', (r) => ({ ...r, signature: r.signature.slice(0, 14) })],
  ['UNKNOWN', 'another token', (r) => ({ ...r, authToken: 'f'.repeat(32) })],
  ['UNKNOWN', "a proxy's inner host", (r) => ({ ...r, url: r.url.replace('.example', '.internal') })],
  ['URL_INVALID', 'a relative URL', (r) => ({ ...r, url: '/hook' })],
];

const refusedWith = (reason: RegExp): object => ({
  valid: false,
  reason: expect.stringMatching(reason) as string,
});

describe('diagnoseSignature', () => {
  it.each(mishaps)('says %s after %s', (code, _, happen) => {
    fc.assert(
      fc.property(base, (request) => {
        expect(diagnoseSignature(request)).toEqual({ valid: true, reason: null });
        expect(diagnoseSignature(happen(request))).toMatchObject(refusedWith(new RegExp(`^${code}: `)));
      }),
      { numRuns: code === 'UNKNOWN' || code === 'SIGNATURE_SHAPE' ? 3 : 30 },
    );
  });

  it.each([
    ['PORT', URL.replace('example', 'example:8443'), URL],
    ['PORT', URL.replace('example', 'example:8443'), URL.replace('example', 'example:9000')],
    ['SCHEME', URL.replace('https:', 'http:'), URL],
    ['TRAILING_SLASH', `${URL}/`, URL],
    ['PLUS_IN_QUERY', `${URL}?q=a+b`, `${URL}?q=a%20b`],
    ['QUERY_ENCODING', `${URL}?q=/a/`, `${URL}?q=%2Fa%2F`],
    ['QUERY_ENCODING', `${URL}?q=%c3%a9`, `${URL}?q=%C3%A9`],
    ['QUERY_ENCODING', `${URL}?q=caf%C3%A9`, `${URL}?q=caf%25C3%25A9`],
    ['HOST_CASE', URL.replace('shop.example', 'Shop.Example'), URL],
    ['PATH_CASE', URL.toLowerCase(), URL.replace('webhook', 'Webhook')],
    ['SCHEME', URL.replace('https://shop.example', 'http://shop.example:8080'), URL],
    ['PORT', URL.replace('https://shop.example', 'http://shop.example:8080'), URL],
  ])('names %s where %s was signed and %s was checked', (code, was, checked) => {
    const { valid, reason } = diagnoseSignature({ ...signed(was), url: checked });
    expect(valid).toBe(false);
    expect(reason).toMatch(new RegExp(`(^|; and )${code}: `));
    expect(reason).toContain(`(signed was ${was})`);
  });

  it.each<[string, string | string[], string | string[]]>([
    ['VALUE_TRIMMED', 'hi ', 'hi'],
    ['VALUE_TRIMMED', '\r\nhi', 'hi'],
    ['VALUE_NOT_TRIMMED', 'hi', 'hi\n'],
    ['LINE_ENDS', 'a\r\nb\r\n', 'a\nb\n'],
    ['VALUE_ENCODING', '50% off', '50%25%20off'],
    ['VALUE_ENCODING', 'a%20b', 'a b'],
    ['CHARSET', 'नमस्ते é', Buffer.from('नमस्ते é').toString('latin1')],
    ['CHARSET', 'cafe\u0301', 'caf\u00E9'],
    ['DOUBLED_PARAMETER', ['b', 'a'], 'b,a'],
    ['DOUBLED_PARAMETER', 'b', ['b', 'a']],
    ['DOUBLED_PARAMETER', 'a', ['b', 'a']],
    ['PLUS_IN_VALUE', 'a+b', 'a b'],
  ])('names %s where a value was %j and is %j', (code, was, is) => {
    const { params, ...request } = signed(URL, { Body: was });
    expect(diagnoseSignature({ ...request, params: { ...params, Body: is } })).toMatchObject(
      refusedWith(new RegExp(`^${code}: `)),
    );
  });

  it('names a dropped empty parameter, and one that was trimmed beside it', () => {
    const { params, ...request } = signed(URL, { FromCity: '', FromState: '', FromZip: '', Label: '' });
    expect(diagnoseSignature({ ...request, params: without('Label', params) }).reason).toMatch(
      /^PARAMETER_MISSING: /,
    );
    const both = signed(URL.replace('https:', 'http:'), { Body: 'hi\n' });
    const { reason } = diagnoseSignature({ ...both, url: URL, params: { ...both.params, Body: 'hi' } });
    expect(reason).toMatch(/^SCHEME: .*; and VALUE_TRIMMED: /);
  });

  it('checks a JSON body against its hash, and names what happened to it', () => {
    const body = '[{"id":"EZ1", "data":{}}]\n';
    const url = `${URL}?bodySHA256=${createHash('sha256').update(body).digest('hex')}`;
    const request = { authToken: TOKEN, url, signature: getExpectedTwilioSignature(TOKEN, url, {}) };
    const codeOf = (given: object): string | null =>
      diagnoseSignature({ ...request, ...given }).reason?.split(':')[0] ?? null;
    expect(diagnoseSignature({ ...request, body })).toEqual({ valid: true, reason: null });
    expect(codeOf({ body: body.trim() })).toBe('BODY_REWRITTEN');
    expect(codeOf({ body: '[]' })).toBe('BODY_CHANGED');
    expect(codeOf({ params: { 0: '[object Object]' } })).toBe('PARAMETERS_NOT_SIGNED');
    const form = signed(URL);
    expect(
      diagnoseSignature({ ...form, params: undefined, body: JSON.stringify(form.params) }).reason,
    ).toMatch(/^BODY_PARSED: /);
  });

  it('takes a form also as it travelled', () => {
    const { params, ...request } = signed(URL, { Body: 'a+b c&d' });
    const body = new URLSearchParams(params as Record<string, string>).toString();
    expect(diagnoseSignature({ ...request, body })).toEqual({ valid: true, reason: null });
  });

  it.each([
    ['null', null],
    ['a list', []],
    ['a text', 'x'],
    ['a number for a URL', { authToken: 'x', url: 1, signature: 'x' }],
    ['a list for parameters', { authToken: 'x', url: URL, signature: 'x', params: [] }],
    ['a value inside a value', { authToken: 'x', url: URL, signature: 'x', params: { a: { b: 'c' } } }],
    ['a parsed body', { authToken: 'x', url: URL, signature: 'x', body: { a: 1 } }],
  ])('says what is wrong with %s instead of a request', (_, captured) => {
    expect(diagnoseSignature(captured)).toMatchObject(refusedWith(/^INPUT: /));
  });

  it('never throws, whatever it is given', () => {
    const odd = fc.record(
      {
        authToken: fc.string(),
        url: fc.oneof(fc.webUrl(), fc.string()),
        params: fc.anything(),
        body: fc.anything(),
        signature: fc.string(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(odd, (captured) => {
        expect(diagnoseSignature(captured).valid).toBe(false);
      }),
      { numRuns: 30 },
    );
  });
});
