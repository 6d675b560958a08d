import { connect, createServer, type Server, type Socket } from 'node:net';

/** What the network does: nothing, delays every piece, breaks every connection, or swallows everything in silence. */
export type Toxin = 'none' | { latencyMs: number } | 'reset' | 'blackhole';

/** The network between two of the run's processes, with faults on demand. */
export class FaultProxy {
  private toxin: Toxin = 'none';
  private readonly server: Server;
  private readonly pairs = new Set<Pair>();

  private constructor(private readonly targetPort: number) {
    this.server = createServer((client) => {
      this.join(client);
    });
  }

  static async open(port: number, targetPort: number): Promise<FaultProxy> {
    const proxy = new FaultProxy(targetPort);
    await new Promise<void>((resolve) => proxy.server.listen(port, '127.0.0.1', resolve));
    return proxy;
  }

  set(toxin: Toxin): void {
    this.toxin = toxin;
    for (const pair of this.pairs) {
      if (toxin === 'reset') {
        pair.reset();
      } else {
        pair.flow(toxin);
      }
    }
  }

  async close(): Promise<void> {
    for (const pair of this.pairs) {
      pair.reset();
    }
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(client: Socket): void {
    if (this.toxin === 'reset') {
      client.resetAndDestroy();
      return;
    }
    const pair = new Pair(client, this.targetPort, () => {
      this.pairs.delete(pair);
    });
    this.pairs.add(pair);
    pair.flow(this.toxin);
  }
}

/** One connection through the proxy. */
class Pair {
  private readonly upstream: Socket;
  private delayMs = 0;

  constructor(
    private readonly client: Socket,
    targetPort: number,
    private readonly gone: () => void,
  ) {
    this.upstream = connect({ port: targetPort, host: '127.0.0.1', noDelay: true });
    client.setNoDelay(true);
    this.carry(client, this.upstream);
    this.carry(this.upstream, client);
  }

  flow(toxin: Exclude<Toxin, 'reset'>): void {
    this.delayMs = typeof toxin === 'object' ? toxin.latencyMs : 0;
    for (const socket of [this.client, this.upstream]) {
      if (toxin === 'blackhole') {
        socket.pause();
      } else {
        socket.resume();
      }
    }
  }

  reset(): void {
    this.client.resetAndDestroy();
    this.upstream.resetAndDestroy();
    this.gone();
  }

  private carry(from: Socket, to: Socket): void {
    from.on('data', (chunk) => {
      if (this.delayMs > 0) {
        setTimeout(() => to.write(chunk), this.delayMs);
      } else {
        to.write(chunk);
      }
    });
    // A process that was killed must be seen dead on the other side at once: its locks hang on the connection.
    from.on('close', () => {
      to.destroy();
      this.gone();
    });
    from.on('error', () => undefined);
  }
}
