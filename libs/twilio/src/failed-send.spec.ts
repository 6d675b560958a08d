import { failedSend } from './failed-send';

describe('failedSend', () => {
  it.each([
    ['a 429', { status: 429, code: 20429 }, 'retry'],
    ['a 429 without a code', { status: 429 }, 'retry'],
    ['a refused connection', { code: 'ECONNREFUSED' }, 'retry'],
    ['a refused connection behind a wrapper', { cause: { code: 'ECONNREFUSED' } }, 'retry'],
    ['a rate limit that comes as 400', { status: 400, code: 63018 }, 'retry'],
    ['an invalid number', { status: 400, code: 21211 }, 'rejected'],
    ['wrong credentials', { status: 401, code: 20003 }, 'rejected'],
    ['a 4xx whose code nobody knows', { status: 400, code: 99999 }, 'rejected'],
    ['a 500', { status: 500, code: 20500 }, 'uncertain'],
    ["a proxy's 502 page", { status: 502 }, 'uncertain'],
    ["a proxy's 408 page", { status: 408 }, 'uncertain'],
    ['a time-out', { name: 'TimeoutError', code: 23 }, 'uncertain'],
    ['a cut connection', { code: 'UND_ERR_SOCKET' }, 'uncertain'],
    ['a reset', { code: 'ECONNRESET' }, 'uncertain'],
    ['nothing known', undefined, 'uncertain'],
  ])('takes %s as %s → %s', (_, error, kind) => {
    expect(failedSend(error).kind).toBe(kind);
  });

  it.each([
    ['wrong credentials', { status: 401, code: 20003 }, 'stop_sender'],
    ['a 401 without a code', { status: 401 }, 'stop_sender'],
    ['a sender that Twilio does not know', { status: 400, code: 63007 }, 'stop_sender'],
    ['a closed window', { status: 400, code: 63016 }, 'needs_template'],
    ['somebody who wrote STOP', { status: 400, code: 21610 }, 'opted_out'],
    ['a ContentSid that does not exist', { status: 400, code: 21655 }, 'stop_template'],
    ['an invalid number', { status: 400, code: 21211 }, 'give_up'],
    ['a code that nobody knows', { status: 400, code: 99999 }, 'unknown'],
  ])('asks for the right thing after %s: %j → %s', (_, error, action) => {
    expect(failedSend(error)).toMatchObject({ kind: 'rejected', action });
  });
});
