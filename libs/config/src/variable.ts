import { isIP } from 'node:net';

/** What a rule may depend on besides the variable's own text. */
export interface Circumstances {
  /** NODE_ENV is neither `development` nor `test`: unknown values count as production. */
  production: boolean;
}

/** One environment variable, defined once: parsed by the loader, documented in .env.example. */
export interface Variable<T = unknown> {
  name: string;
  about: string;
  aliases?: readonly string[];
  /** Also read from `<NAME>_FILE`, and never printed. */
  secret?: true;
  /** Must be set in production and in distributed mode. */
  required?: true;
  /** Shown in .env.example in place of a value that only start-up can know. */
  shownDefault?: string;
  /** Returns the value or throws an Error whose message completes "<NAME> must be …". */
  parse: (raw: string, circumstances: Circumstances) => T;
}

function must(condition: boolean, expectation: string): asserts condition {
  if (!condition) {
    throw new Error(expectation);
  }
}

/** A wrong value as a refusal repeats it: on one line, and never a screenful. */
const shown = (raw: string): string => {
  const line = JSON.stringify(raw);
  return line.length <= 60 ? line : `${line.slice(0, 60)}…"`;
};

export const text =
  (expectation: string, shape?: RegExp) =>
  (raw: string): string => {
    must(raw.trim() !== '' && (!shape || shape.test(raw)), expectation);
    return raw;
  };

export const integer =
  (min: number, max: number) =>
  (raw: string): number => {
    const value = Number(raw);
    must(
      /^\d+$/.test(raw) && value >= min && value <= max,
      `a whole number from ${min} to ${max}, not ${shown(raw)}`,
    );
    return value;
  };

export const boolean = (raw: string): boolean => {
  must(raw === 'true' || raw === 'false', `true or false, not ${shown(raw)}`);
  return raw === 'true';
};

export const oneOf =
  <T extends string>(...choices: readonly T[]) =>
  (raw: string): T => {
    const choice = choices.find((candidate) => candidate === raw);
    must(choice !== undefined, `one of ${choices.join(', ')}, not ${shown(raw)}`);
    return choice;
  };

const parseUrl = (raw: string, protocols: readonly string[], expectation: string): URL => {
  const url = URL.canParse(raw) ? new URL(raw) : undefined;
  must(url !== undefined && protocols.includes(url.protocol), expectation);
  return url;
};

/** A connection string. Its text may hold a password, so a refusal never repeats it. */
export const connectionUrl =
  (...protocols: readonly string[]) =>
  (raw: string): string => {
    const beginnings = protocols.map((protocol) => `${protocol}//`).join(' or ');
    parseUrl(raw, protocols, `a URL that begins with ${beginnings}, special characters percent-encoded`);
    return raw;
  };

/** A URL that Twilio calls. Plain http would send shoppers' messages unencrypted, so production refuses it. */
export const publicUrl = (raw: string, { production }: Circumstances): string => {
  parseUrl(
    raw,
    production ? ['https:'] : ['http:', 'https:'],
    production ? 'an https:// URL in production' : 'a URL that begins with http:// or https://',
  );
  must(!/\s/.test(raw), 'a URL without spaces');
  return raw;
};

/** URLs that are accepted for a time. */
export interface DatedUrls {
  urls: readonly string[];
  /** Epoch milliseconds of the end of the last day, in UTC. */
  until: number;
}

/** `<url>,<url>;until=<day>`. A day in the past is no mistake: what it ends has ended. */
export const datedUrls = (raw: string, circumstances: Circumstances): DatedUrls => {
  const [, list = '', day = ''] = /^([^;]+);\s*until=(\d{4}-\d{2}-\d{2})$/.exec(raw.trim()) ?? [];
  const until = Date.parse(`${day}T23:59:59.999Z`);
  must(
    new Date(until || 0).toISOString().startsWith(day) && list !== '',
    'URLs with their last day, such as https://new.example/hook,https://b.example/hook;until=2026-12-31',
  );
  return { urls: list.split(',').map((url) => publicUrl(url.trim(), circumstances)), until };
};

/** An IANA name, as the platform knows it. */
export const timeZone = (raw: string): string => {
  must(isTimeZone(raw), `a time zone such as Asia/Kathmandu, not ${shown(raw)}`);
  return raw;
};

/** A part of the day, in minutes since midnight. */
export interface DayPart {
  from: number;
  to: number;
}

/** `21:00-08:00`. The whole day, or none of it, is no such part. */
export const quietHours = (raw: string): DayPart => {
  const [from, to] = raw.split('-').map((time) => {
    const [, hours, minutes] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time.trim()) ?? [];
    return hours === undefined ? undefined : Number(hours) * 60 + Number(minutes);
  });
  const isPair = raw.split('-').length === 2 && from !== undefined && to !== undefined && from !== to;
  must(isPair, `two times of the day such as 21:00-08:00, not ${shown(raw)}`);
  return { from, to };
};

const isTimeZone = (name: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
};

/** Comma-separated addresses and networks in CIDR notation. */
export const networks = (raw: string): string => {
  const known = raw.split(',').every((part) => {
    const [address = '', bits, ...rest] = part.trim().split('/');
    const most = { 0: -1, 4: 32, 6: 128 }[isIP(address)] ?? -1;
    const length = bits === undefined ? most : /^\d{1,3}$/.test(bits) ? Number(bits) : Infinity;
    return rest.length === 0 && length >= 1 && length <= most;
  });
  must(known, `addresses or networks such as 10.0.0.0/8, comma-separated, not ${shown(raw)}`);
  return raw;
};

export const origin = (raw: string): string =>
  parseUrl(raw, ['http:', 'https:'], 'the origin of an HTTP server, such as http://127.0.0.1:5050').origin;
