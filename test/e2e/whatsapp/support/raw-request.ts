import { connect, type Socket } from 'node:net';

/** Opens a connection to a server and writes the beginning of something. */
export function openSocket(url: string, bytes: string | Buffer): Promise<Socket> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(bytes);
      resolve(socket);
    });
    socket.once('error', reject);
  });
}

/** Everything that comes until the connection is closed. An abrupt end is an end. */
export function untilClosed(socket: Socket): Promise<{ answer: string; ms: number }> {
  const began = Date.now();
  let answer = '';
  return new Promise((resolve) => {
    socket.on('data', (chunk: Buffer) => (answer += chunk.toString('latin1')));
    socket.on('error', () => undefined);
    socket.on('close', () => {
      resolve({ answer, ms: Date.now() - began });
    });
  });
}

/** Sends bytes as they are; the status of the first answer, 0 when the connection ended without one. */
export async function rawStatus(url: string, bytes: string | Buffer): Promise<number> {
  const socket = await openSocket(url, bytes);
  return new Promise((resolve) => {
    socket.setTimeout(8_000, () => socket.destroy());
    socket.once('data', (chunk: Buffer) => {
      resolve(Number(chunk.toString('latin1').slice(9, 12)));
      socket.destroy();
    });
    socket.on('error', () => undefined);
    socket.on('close', () => {
      resolve(0);
    });
  });
}
