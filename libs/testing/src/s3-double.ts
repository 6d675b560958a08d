import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

const BUCKET = 'shop-files';
const ACCESS_KEY = 'AKIDEXAMPLE';
const SECRET_KEY = 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY';

interface StoredObject {
  bytes: Buffer;
  at: Date;
}

const sha256 = (bytes: Buffer | string): string => createHash('sha256').update(bytes).digest('hex');
const hmac = (key: Buffer | string, text: string): Buffer => createHmac('sha256', key).update(text).digest();
const encoded = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);

/** As much of S3 as we use, by path, for one bucket. What is not signed as AWS documents it (SigV4) is refused. */
export class S3Double {
  static readonly bucket = BUCKET;
  static readonly accessKey = ACCESS_KEY;
  static readonly secretKey = SECRET_KEY;

  readonly objects = new Map<string, StoredObject>();
  /** How it fails; null when it does not. */
  trouble: 'cut' | 'busy' | null = null;
  private readonly server = createServer((request, response) => {
    void this.answer(request, response);
  });

  static async start(): Promise<S3Double> {
    const double = new S3Double();
    double.server.listen(0, '127.0.0.1');
    await once(double.server, 'listening');
    return double;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  keys(prefix: string): string[] {
    return [...this.objects.keys()].filter((key) => key.startsWith(prefix)).sort();
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    this.server.close();
    await once(this.server, 'close');
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.trouble === 'cut') {
      request.socket.destroy();
      return;
    }
    const body = await buffer(request);
    const url = new URL(request.url ?? '', 'http://s3.invalid');
    const key = decodeURIComponent(url.pathname.slice(`/${BUCKET}/`.length));
    if (this.trouble === 'busy') {
      refuse(response, 503, 'SlowDown');
    } else if (!isSigned(request, url, body)) {
      refuse(response, 403, 'SignatureDoesNotMatch');
    } else {
      this.serve(request, response, url, key, body);
    }
  }

  private serve(
    { method, headers }: IncomingMessage,
    response: ServerResponse,
    url: URL,
    key: string,
    body: Buffer,
  ): void {
    const source = headers['x-amz-copy-source'];
    const copied = typeof source === 'string' ? this.objects.get(source.slice(BUCKET.length + 1)) : undefined;
    const found = this.objects.get(key);
    if (method === 'PUT' && source !== undefined) {
      if (copied) {
        this.objects.set(key, { bytes: copied.bytes, at: new Date() });
        xml(response, '<CopyObjectResult><ETag>"0"</ETag></CopyObjectResult>');
      } else {
        refuse(response, 404, 'NoSuchKey');
      }
    } else if (method === 'PUT') {
      this.objects.set(key, { bytes: body, at: new Date() });
      response.end();
    } else if (method === 'DELETE') {
      this.objects.delete(key);
      response.writeHead(204).end();
    } else if (url.searchParams.get('list-type') === '2') {
      xml(
        response,
        `<ListBucketResult>${this.listed(url.searchParams.get('prefix') ?? '')}</ListBucketResult>`,
      );
    } else if (found) {
      response.writeHead(200, { 'content-length': found.bytes.length }).end(found.bytes);
    } else {
      refuse(response, 404, 'NoSuchKey');
    }
  }

  private listed(prefix: string): string {
    const entry = (key: string): string => {
      const { at } = this.objects.get(key)!;
      return `<Contents><Key>${key}</Key><LastModified>${at.toISOString()}</LastModified></Contents>`;
    };
    return this.keys(prefix).map(entry).join('');
  }
}

function xml(response: ServerResponse, body: string): void {
  response.writeHead(200, { 'content-type': 'application/xml' }).end(`<?xml version="1.0"?>${body}`);
}

function refuse(response: ServerResponse, status: number, code: string): void {
  response
    .writeHead(status, { 'content-type': 'application/xml' })
    .end(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`);
}

/** docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html */
function isSigned({ method = '', headers }: IncomingMessage, url: URL, body: Buffer): boolean {
  const [, key, scope = '', names = '', signature] =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/([^,]+), SignedHeaders=([^,]+), Signature=(\w+)$/.exec(
      headers.authorization ?? '',
    ) ?? [];
  const payload = String(headers['x-amz-content-sha256']);
  const query = [...url.searchParams].map(([name, value]) => `${encoded(name)}=${encoded(value)}`).sort();
  const signed = names.split(';').map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const canonical = [method, url.pathname, query.join('&'), signed.join(''), names, payload].join('\n');
  const toSign = ['AWS4-HMAC-SHA256', String(headers['x-amz-date']), scope, sha256(canonical)].join('\n');
  const signingKey = scope
    .split('/')
    .reduce<Buffer | string>((previous, part) => hmac(previous, part), `AWS4${SECRET_KEY}`);
  const isWhole = payload === 'UNSIGNED-PAYLOAD' || payload === sha256(body);
  return isWhole && key === ACCESS_KEY && signature === hmac(signingKey, toSign).toString('hex');
}
