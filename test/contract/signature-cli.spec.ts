import { Readable, Writable } from 'node:stream';
import { verifySignatures } from '../../apps/cli/src/verify-signatures';
import vectors from './signature-vectors.json';

interface Verdict {
  valid: boolean;
  reason: string | null;
}

async function verdictsOn(input: Iterable<string | Buffer>): Promise<Verdict[]> {
  let told = '';
  const output = new Writable({
    write: (chunk: Buffer, _, done): void => {
      told += chunk.toString();
      done();
    },
  });
  await verifySignatures(Readable.from(input), output);
  return told
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Verdict);
}

describe('pasal verify-signature', () => {
  it("decides about every official vector as Twilio does, and gives a reason for each 'no'", async () => {
    const verdicts = await verdictsOn(vectors.map((vector) => `${JSON.stringify(vector)}\n`));
    expect(verdicts.map(({ valid }) => valid)).toEqual(vectors.map(({ valid }) => valid));
    for (const { valid, reason } of verdicts) {
      expect(valid ? reason === null : /^[A-Z_]+: ./.test(reason ?? '')).toBe(true);
    }
  });

  it('answers line by line wherever the chunks are cut, also inside a character', async () => {
    const [vector] = vectors;
    const line = `${JSON.stringify({ ...vector, note: 'नमस्ते 😀' })}\r\n\n`;
    const bytes = Buffer.from(line.repeat(3).trimEnd());
    const cut = Array.from({ length: Math.ceil(bytes.length / 7) }, (_, i) =>
      bytes.subarray(i * 7, i * 7 + 7),
    );
    const verdicts = await verdictsOn(cut);
    expect(verdicts.map(({ valid }) => valid)).toEqual([vector!.valid, vector!.valid, vector!.valid]);
  });

  it('says what is wrong with a line that is no request, and goes on', async () => {
    const good = JSON.stringify(vectors.find(({ valid }) => valid));
    const lines = ['{', 'null', '"x"', '[]', '{"authToken":1}', 'x'.repeat(9 * 1024 * 1024), good];
    const verdicts = await verdictsOn(lines.map((line) => `${line}\n`));
    expect(verdicts.map(({ valid }) => valid)).toEqual([...Array<boolean>(6).fill(false), true]);
    for (const { reason } of verdicts.slice(0, 6)) {
      expect(reason).toMatch(/^INPUT: /);
    }
  });

  it('holds one line at a time, not the whole input', async () => {
    const line = `${JSON.stringify(vectors.find(({ valid }) => valid))}\n`;
    let read = 0;
    let written = 0;
    let most = 0;
    const input = function* (): Iterable<string> {
      for (; read < 20_000; read += 1) {
        most = Math.max(most, read - written);
        yield line;
      }
    };
    const output = new Writable({
      write: (_chunk, _encoding, done): void => {
        written += 1;
        setImmediate(done);
      },
    });
    await verifySignatures(Readable.from(input()), output);
    await new Promise<void>((flushed) => output.end(flushed));
    expect(written).toBe(20_000);
    expect(most).toBeLessThan(2_000);
  });

  it('ends quietly when its reader does', async () => {
    const closed = new Writable({
      write: (_chunk, _encoding, done): void => {
        done(Object.assign(new Error('write EPIPE'), { code: 'EPIPE' }));
      },
    });
    await expect(verifySignatures(Readable.from(['{}\n']), closed)).resolves.toBeUndefined();
  });
});
