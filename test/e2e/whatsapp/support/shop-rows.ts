import { Client } from 'pg';
import { until } from '@app/testing';

/** Rows of a statement on a connection of its own, past all of the shop's code. */
export async function rows<Row>(
  databaseUrl: string,
  sql: string,
  parameters: unknown[] = [],
): Promise<Row[]> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return (await client.query(sql, parameters)).rows as Row[];
  } finally {
    await client.end();
  }
}

export interface OutboxRow {
  id: string;
  body: string;
  status: string;
  attempt: number;
  sid: string | null;
  error_code: number | null;
  correlation_id: string;
}

export function outboxOf(databaseUrl: string, phone: string): Promise<OutboxRow[]> {
  return rows<OutboxRow>(databaseUrl, 'SELECT * FROM outbox_messages WHERE address = $1 ORDER BY id', [
    `whatsapp:${phone}`,
  ]);
}

export async function count(databaseUrl: string, from: string, parameters: unknown[] = []): Promise<number> {
  const [row] = await rows<{ n: number }>(databaseUrl, `SELECT count(*)::int AS n FROM ${from}`, parameters);
  return row!.n;
}

/** Waits until no mail of this shop waits any more. */
export async function settled(databaseUrl: string, timeoutMs = 10_000): Promise<void> {
  await until(
    async () =>
      (await count(databaseUrl, `inbox_messages WHERE status = 'pending'`)) === 0 &&
      (await count(databaseUrl, `outbox_messages WHERE status IN ('queued', 'sending')`)) === 0,
    { timeoutMs, what: 'an empty inbox and outbox' },
  );
}

/** A metric's value by its full name with labels, from a process that serves `/metrics`. */
export async function metric(url: string, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `));
  return line === undefined ? 0 : Number(line.slice(name.length + 1));
}
