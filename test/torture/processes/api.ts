import { loadSettings, readEnvironment } from '@app/config';
import { runProcess } from '@app/platform';
import { createApi } from '../../../apps/api/src/create-api';
import { plant } from '../planted/plant';
import { sayUp, TortureModule } from './torture.module';

void runProcess(async () => {
  plant();
  const settings = loadSettings(readEnvironment(), { distributed: true });
  const app = await createApi(settings, [TortureModule]);
  await app.listen(settings.port, settings.host);
  sayUp();
  return app;
});
