import type { EntityManager } from 'typeorm';

/** Handle of a running transaction, or of the pool outside one: every repository method takes it first. */
export type Tx = EntityManager;

/** Rows of a parameterised statement. TypeORM answers UPDATE and DELETE with a pair, everything else with rows. */
export async function queryRows<Row>(
  tx: Tx,
  sql: string,
  parameters: readonly unknown[] = [],
): Promise<Row[]> {
  const result: unknown = await tx.query(sql, [...parameters]);
  const isPair =
    Array.isArray(result) && result.length === 2 && Array.isArray(result[0]) && typeof result[1] === 'number';
  return (isPair ? (result as unknown[])[0] : result) as Row[];
}
