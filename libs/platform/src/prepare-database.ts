import { ensureFirstAdmin } from '@app/access';
import { seedDemoShop } from '@app/catalog';
import { migrateSchema, transactionOn } from '@app/database';
import { migrateQueue } from '@app/queue';

/** Our schema and BullMQ's, up to date. Returns the names of our migrations that were applied. */
export async function migrateDatabase(databaseUrl: string): Promise<string[]> {
  const applied = await migrateSchema(databaseUrl);
  await migrateQueue(databaseUrl);
  return applied;
}

export interface Seeded {
  products: number;
  /** Whether the first admin was made now. */
  admin: boolean;
}

/** The demo shop and the first admin, each only where there is none. */
export function seedDatabase(
  databaseUrl: string,
  admin: { email: string; password: string },
): Promise<Seeded> {
  return transactionOn(databaseUrl, async (tx) => ({
    products: await seedDemoShop(tx),
    admin: await ensureFirstAdmin(tx, admin.email, admin.password),
  }));
}
