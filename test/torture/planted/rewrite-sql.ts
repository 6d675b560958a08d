import { appendFileSync } from 'node:fs';
import { Client } from 'pg';

export type Rewrite = readonly [pattern: RegExp, by: string];

/** Statements that were changed, so that a bug whose statement no longer exists is not taken for one that was missed. */
export function noteThatItIsPlanted(): void {
  appendFileSync(process.env['TORTURE_PLANTED']!, 'planted\n');
}

type Query = (this: Client, first: unknown, ...rest: unknown[]) => unknown;

/** Changes statements on their way to PostgreSQL: the run plants its bugs there, and production code has no switch for them. */
export function rewriteSql(rewrites: readonly Rewrite[]): void {
  const original = Client.prototype.query as unknown as Query;
  let noted = false;
  const change = (sql: string): string => {
    const changed = rewrites.reduce((text, [pattern, by]) => text.replace(pattern, by), sql);
    if (changed !== sql && !noted) {
      noted = true;
      noteThatItIsPlanted();
    }
    return changed;
  };
  const query: Query = function (first, ...rest) {
    if (typeof first === 'string') {
      return original.call(this, change(first), ...rest);
    }
    const config = first as { text?: string };
    if (typeof config.text === 'string') {
      config.text = change(config.text);
    }
    return original.call(this, first, ...rest);
  };
  Client.prototype.query = query as unknown as typeof Client.prototype.query;
}
