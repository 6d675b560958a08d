import { ConfigError, type Settings } from '@app/config';
import { migrateDatabase, seedDatabase } from '@app/platform';

interface Command {
  name: string;
  about: string;
  run: (settings: () => Settings, args: readonly string[]) => Promise<void>;
}

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Every command of the CLI, in the order of its help. */
export const commands: readonly Command[] = [
  {
    name: 'migrate',
    about: 'Bring the database of DATABASE_URL up to date: our schema and BullMQ’s.',
    run: async (settings: () => Settings): Promise<void> => {
      const applied = await migrateDatabase(settings().databaseUrl);
      say(applied.length === 0 ? 'The schema is up to date.' : `Applied: ${applied.join(', ')}`);
    },
  },
  {
    name: 'seed',
    about: 'Fill an empty database with the demo shop and the first admin (ADMIN_EMAIL, ADMIN_PASSWORD).',
    run: async (settings: () => Settings): Promise<void> => {
      const { databaseUrl, adminEmail, adminPassword } = settings();
      if (adminPassword === undefined) {
        throw new ConfigError("ADMIN_PASSWORD must be set: the first admin's password");
      }
      const { products, admin } = await seedDatabase(databaseUrl, {
        email: adminEmail,
        password: adminPassword,
      });
      say(`${products} products added; ${admin ? `admin ${adminEmail} made` : 'there are users already'}.`);
    },
  },
];
