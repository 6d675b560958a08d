import type { EmbeddedServer } from '@app/database';

export default async function globalTeardown(): Promise<void> {
  const { pasalTestServer } = globalThis as { pasalTestServer?: EmbeddedServer };
  await pasalTestServer?.destroy();
}
