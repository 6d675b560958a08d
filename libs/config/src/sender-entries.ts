import { accountSid, apiKey, apiSecret, authToken, whatsappSender } from './twilio-values';
import { type Circumstances, type DayPart, integer, quietHours, text, type Variable } from './variable';

/** One sender as it was written down; what it leaves out its account or the shop has. */
export interface SenderEntry {
  address: string;
  accountSid: string;
  authToken?: string;
  authTokenNext?: string;
  apiKey?: string;
  apiSecret?: string;
  quietHours?: DayPart;
  maxMps?: number;
  name?: string;
}

const fields: { [K in keyof SenderEntry]-?: Variable<NonNullable<SenderEntry[K]>>['parse'] } = {
  address: whatsappSender,
  accountSid,
  authToken,
  authTokenNext: authToken,
  apiKey,
  apiSecret,
  quietHours,
  maxMps: integer(1, 1_000_000),
  name: text('a name'),
};

const NEEDED = ['address', 'accountSid'] as const;

/** What completes "TWILIO_SENDERS must be" when one entry is wrong. */
export const wrongEntry = (number: number, field: string, problem: string): string =>
  `a list of senders in JSON: in entry ${number}, ${field} ${problem}`;

/** A list in JSON. Entries may hold secrets, so a refusal names the place and repeats no value of theirs. */
export const senderEntries: Variable<readonly SenderEntry[]>['parse'] = (raw, circumstances) =>
  Object.freeze(
    parseList(raw).map((entry, index) =>
      parseEntry(entry, (field, problem) => new Error(wrongEntry(index + 1, field, problem)), circumstances),
    ),
  );

function parseEntry(
  entry: unknown,
  wrong: (field: string, problem: string) => Error,
  circumstances: Circumstances,
): SenderEntry {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    throw wrong('everything', 'must be inside of {}');
  }
  const missing = NEEDED.find((field) => !Object.hasOwn(entry, field));
  if (missing !== undefined) {
    throw wrong(missing, 'must be given');
  }
  const parsed = Object.entries(entry as Record<string, unknown>).map(([field, value]) => {
    if (!Object.hasOwn(fields, field)) {
      throw wrong(field, `is not one of ${Object.keys(fields).join(', ')}`);
    }
    if (typeof value !== 'string' && typeof value !== 'number') {
      throw wrong(field, 'must be a text or a number');
    }
    try {
      return [field, fields[field as keyof SenderEntry](String(value), circumstances)] as const;
    } catch (error) {
      throw wrong(field, `must be ${(error as Error).message}`);
    }
  });
  return Object.freeze(Object.fromEntries(parsed)) as unknown as SenderEntry;
}

function parseList(raw: string): unknown[] {
  let list: unknown;
  try {
    list = JSON.parse(raw);
  } catch {
    // The parser's own message repeats a part of the text, which may be a token.
  }
  if (!Array.isArray(list)) {
    throw new Error('a list of senders in JSON: [{"address": …, "accountSid": …}, …]');
  }
  return list as unknown[];
}
