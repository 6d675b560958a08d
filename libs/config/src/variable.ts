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
      `a whole number from ${min} to ${max}, not "${raw}"`,
    );
    return value;
  };

export const boolean = (raw: string): boolean => {
  must(raw === 'true' || raw === 'false', `true or false, not "${raw}"`);
  return raw === 'true';
};

export const oneOf =
  <T extends string>(...choices: readonly T[]) =>
  (raw: string): T => {
    const choice = choices.find((candidate) => candidate === raw);
    must(choice !== undefined, `one of ${choices.join(', ')}, not "${raw}"`);
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
    parseUrl(raw, protocols, `a URL that begins with ${protocols.map((p) => `${p}//`).join(' or ')}`);
    return raw;
  };

/** A URL that Twilio calls. Plain http would send shoppers' messages unencrypted, so production refuses it. */
export const publicUrl = (raw: string, { production }: Circumstances): string => {
  parseUrl(
    raw,
    production ? ['https:'] : ['http:', 'https:'],
    production ? 'an https:// URL in production' : 'a URL',
  );
  return raw;
};

export const origin = (raw: string): string =>
  parseUrl(raw, ['http:', 'https:'], 'the origin of an HTTP server, such as http://127.0.0.1:5050').origin;
