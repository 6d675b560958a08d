import { createServer } from 'node:net';

/** Fails as a server that listens there would: before minutes of preparation, not after them. */
export async function assertPortIsFree(port: number, host: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(port, host, resolve);
  });
  await new Promise((resolve) => server.close(resolve));
}
