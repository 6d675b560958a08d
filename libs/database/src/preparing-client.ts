import { Client, type ClientConfig } from 'pg';

/** Our SQL is constant text, a few dozen statements; whatever builds texts by the thousand is not worth keeping. */
const MOST_STATEMENTS = 500;
const LONGEST_TEXT = 10_000;

/** `cached plan must not change result type`, after a migration; a statement that the server has forgotten. */
const STALE = new Set(['0A000', '26000']);

let named = 0;
const names = new Map<string, string>();

/** A text has one name in the process, so that every connection prepares it once, at its first use. */
function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known !== undefined || names.size >= MOST_STATEMENTS || text.length > LONGEST_TEXT) {
    return known;
  }
  named += 1;
  const name = `s${named}`;
  names.set(text, name);
  return name;
}

/** The next use of a stale text is prepared afresh, under a new name, on every connection. */
function forgetIfStale(text: string, error: unknown): void {
  if (STALE.has((error as { code?: string } | null)?.code ?? '')) {
    names.delete(text);
  }
}

type Callback = (...answer: never[]) => void;

/**
 * A connection that parses and plans each parameterised statement once instead of at every use. Behind a pooler in
 * transaction mode that needs one which follows prepared statements (PgBouncer 1.21 with `max_prepared_statements`).
 */
export class PreparingClient extends Client {
  constructor(config?: string | ClientConfig) {
    super(config);
    // A connection that ends just as it is handed out has nobody who listens yet; its next use fails and says why.
    this.on('error', () => undefined);
  }

  // `never` fits each of the overloads of pg; callers know this class as a `Client`.
  override query(statement: unknown, values?: unknown, callback?: Callback): never {
    const query = super.query.bind(this) as (...args: unknown[]) => unknown;
    const name =
      typeof statement === 'string' && Array.isArray(values) && values.length > 0
        ? nameOf(statement)
        : undefined;
    if (name === undefined) {
      return query(statement, values, callback) as never;
    }
    const text = statement as string;
    const prepared = { name, text, values };
    if (callback) {
      const answered = (error: unknown, result: unknown): void => {
        forgetIfStale(text, error);
        callback(error as never, result as never);
      };
      return query(prepared, answered) as never;
    }
    return (query(prepared) as Promise<unknown>).catch((error: unknown) => {
      forgetIfStale(text, error);
      throw error;
    }) as never;
  }
}
