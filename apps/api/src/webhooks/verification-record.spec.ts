import type { Verification } from '@app/messaging';
import { type Log, Metrics } from '@app/observability';
import { TEST_ACCOUNT_SID, testSettings } from '@app/testing';
import { VerificationRecord } from './verification-record';

const HOUR = 3_600_000;

describe('VerificationRecord', () => {
  let told: string[];
  const recordWith = (environment: Record<string, string> = {}): VerificationRecord => {
    told = [];
    const tell = (...line: unknown[]): void => {
      told.push(String(line.at(-1)));
    };
    const log = { setContext: () => undefined, info: tell, warn: tell } as unknown as Log;
    return new VerificationRecord(testSettings('postgres://none', environment), new Metrics(), log);
  };
  const by = (token: 'current' | 'next', account = TEST_ACCOUNT_SID): Verification => ({
    token,
    account,
    way: 'webhook',
    origin: 'https://shop.example',
  });
  const mayGo = (): boolean => told.some((line) => line.includes('put the next one in its place'));

  it('says once that the old token may go: a day after its last use, and only while the next one is used', () => {
    const record = recordWith();
    const start = Date.now();
    record.add(by('current'), start + HOUR);
    record.add(by('next'), start + 2 * HOUR);
    expect(told).toEqual(['Twilio signs with the next auth token']);
    record.add(by('next'), start + 24.5 * HOUR);
    expect(mayGo()).toBe(false);
    record.add(by('next'), start + 25.5 * HOUR);
    expect(mayGo()).toBe(true);
    record.add(by('next'), start + 26 * HOUR);
    expect(told).toHaveLength(2);
  });

  it('counts a day from the start where the old token was never used', () => {
    const record = recordWith();
    record.add(by('next'), Date.now() + 23 * HOUR);
    expect(mayGo()).toBe(false);
    record.add(by('next'), Date.now() + 25 * HOUR);
    expect(mayGo()).toBe(true);
  });

  it('says so of each account by itself', () => {
    const record = recordWith();
    const other = `AC${'b'.repeat(32)}`;
    record.add(by('next'), Date.now() + 23 * HOUR);
    record.add(by('current', other), Date.now() + 25 * HOUR);
    expect(mayGo()).toBe(false);
    record.add(by('next', other), Date.now() + 26 * HOUR);
    expect(mayGo()).toBe(false);
    record.add(by('next'), Date.now() + 26 * HOUR);
    expect(mayGo()).toBe(true);
  });

  it('never says so of a token that is used alone', () => {
    const record = recordWith();
    record.add(by('current'), Date.now() + 48 * HOUR);
    record.add(by('current'), Date.now() + 96 * HOUR);
    expect(told).toEqual([]);
  });

  it('warns at the start of candidates whose last day has passed', () => {
    recordWith({ WEBHOOK_URL_CANDIDATES: 'https://new.example/hook;until=2020-01-01' });
    expect(told).toEqual(['WEBHOOK_URL_CANDIDATES has ended: its URLs are not accepted']);
    recordWith({ WEBHOOK_URL_CANDIDATES: 'https://new.example/hook;until=2999-01-01' });
    expect(told).toEqual([]);
  });
});
