import type { Tx } from './tx';

/** Does `work`, and undoes it alone when it throws: what the transaction did before stays. The error is thrown on. */
export async function inSavepoint<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
  await tx.query('SAVEPOINT work');
  try {
    return await work();
  } catch (error) {
    await tx.query('ROLLBACK TO SAVEPOINT work');
    throw error;
  }
}
