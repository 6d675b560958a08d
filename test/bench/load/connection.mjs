import { connect } from 'node:net';

/**
 * One keep-alive connection that sends prepared bytes and reads the answer's status. It does next to nothing, because on a
 * small machine the driver's own work would be measured with the server's.
 */
export class Connection {
  #socket;
  #buffer = '';
  #settle;

  static async open(port) {
    const connection = new Connection();
    await new Promise((resolve, reject) => {
      connection.#socket = connect({ port, host: '127.0.0.1', noDelay: true }, resolve).once('error', reject);
    });
    connection.#socket.setEncoding('latin1').on('data', (chunk) => connection.#read(chunk));
    connection.#socket.on('error', () => undefined).on('close', () => connection.#settle?.(0));
    return connection;
  }

  /** Resolves with the status, 0 when the connection broke. */
  send(bytes) {
    return new Promise((resolve) => {
      this.#settle = resolve;
      this.#socket.write(bytes);
    });
  }

  close() {
    this.#socket.destroy();
  }

  #read(chunk) {
    this.#buffer += chunk;
    const end = this.#buffer.indexOf('\r\n\r\n');
    if (end < 0) {
      return;
    }
    const length = /\r\ncontent-length: *(\d+)/i.exec(this.#buffer.slice(0, end));
    if (this.#buffer.length < end + 4 + Number(length?.[1] ?? 0)) {
      return;
    }
    const status = Number(this.#buffer.slice(9, 12));
    this.#buffer = '';
    const settle = this.#settle;
    this.#settle = undefined;
    settle?.(status);
  }
}
