import { randomBytes } from 'node:crypto';
import { type Environment, loadPart } from '@app/config';
import { migrateDatabase, seedDatabase } from '@app/platform';

interface Command {
  name: string;
  about: string;
  /** Returns what to tell the operator. */
  run: (environment: Environment) => Promise<string>;
}

/** Every command of the CLI, in the order of its help. */
export const commands: readonly Command[] = [
  { name: 'migrate', about: 'bring the database of DATABASE_URL up to date', run: migrate },
  { name: 'seed', about: 'fill an empty database with the demo shop and the first admin', run: seed },
];

async function migrate(environment: Environment): Promise<string> {
  const { databaseUrl } = loadPart(environment, ['databaseUrl']);
  const applied = await migrateDatabase(databaseUrl);
  return applied.length === 0 ? 'The schema is up to date.' : `Applied: ${applied.join(', ')}`;
}

async function seed(environment: Environment): Promise<string> {
  const { databaseUrl, adminEmail, adminPassword } = loadPart(
    environment,
    ['databaseUrl', 'adminEmail'],
    ['adminPassword'],
  );
  const password = adminPassword ?? randomBytes(9).toString('base64url');
  const { products, admin } = await seedDatabase(databaseUrl, { email: adminEmail, password });
  const made = adminPassword === undefined ? `${adminEmail}, password: ${password}` : adminEmail;
  return `${products} products added. ${admin ? `Admin: ${made}` : 'There are users already.'}`;
}
