import { loadSettings, readEnvironment } from '@app/config';
import { assertSchemaIsCurrent } from '@app/database';
import { runProcess } from '@app/platform';
import { createApi } from './create-api';

void runProcess(async () => {
  const settings = loadSettings(readEnvironment(), { distributed: true });
  if (settings.redisUrl === undefined) {
    // BullMQ's PostgreSQL backend never tries again what it could not reach at its start.
    await assertSchemaIsCurrent(settings.databaseUrl);
  }
  const app = await createApi(settings);
  await app.listen(settings.port, settings.host);
  return app;
});
