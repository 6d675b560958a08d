import { randomBytes } from 'node:crypto';
import { type Environment, loadPart } from '@app/config';
import { migrateDatabase, seedDatabase } from '@app/platform';
import { broadcast } from './broadcast';
import { interpretLines } from './interpret';
import { journal } from './journal';
import { reconcile } from './reconcile';
import { templates } from './templates';
import { verifySignatures } from './verify-signatures';

interface Command {
  name: string;
  about: string;
  /** Returns what to tell the operator, who may have been told all along. */
  run: (environment: Environment, args: readonly string[]) => Promise<string>;
}

/** Every command of the CLI, in the order of its help. */
export const commands: readonly Command[] = [
  { name: 'migrate', about: 'bring the database of DATABASE_URL up to date', run: migrate },
  { name: 'seed', about: 'fill an empty database with the demo shop and the first admin', run: seed },
  {
    name: 'journal',
    about: 'list | replay [--home PASAL_HOME]: messages that wait for PostgreSQL on this machine',
    run: journal,
  },
  {
    name: 'broadcast',
    about: '<id> [--watch]: how far a broadcast is; --watch shows a progress bar until it ends',
    run: broadcast,
  },
  {
    name: 'reconcile',
    about: 'store what Twilio has and we do not; --since 2h compares at least that far back',
    run: reconcile,
  },
  {
    name: 'templates',
    about: 'list | lint | sync | create [--dir folder]: message templates, here and at Twilio',
    run: templates,
  },
  {
    name: 'interpret',
    about:
      '--catalogue c.json: say of messages, one {id, text, shown, cart, expecting} a line, what they mean',
    run: async (_environment: Environment, args: readonly string[]): Promise<string> => {
      await interpretLines(args, process.stdin, process.stdout);
      return '';
    },
  },
  {
    name: 'verify-signature',
    about: 'say of captured webhooks, one {authToken, url, params | body, signature} a line, what is wrong',
    run: async (): Promise<string> => {
      await verifySignatures(process.stdin, process.stdout);
      return '';
    },
  },
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
