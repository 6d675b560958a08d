import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { diagnoseSignature } from '@app/twilio';

/** Far above a webhook of 64 KiB and a batch of events of 1 MiB, escaped. */
const LONGEST_LINE = 8 * 1024 * 1024;

/** Reads captured requests as JSON lines and writes one verdict a line, however many there are. */
export async function verifySignatures(input: Readable, output: Writable): Promise<void> {
  try {
    await pipeline(input.setEncoding('utf8'), verdicts, output, { end: false });
  } catch (error) {
    // The reader went away, as `head` does: nobody is left to tell.
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') {
      throw error;
    }
  }
}

async function* verdicts(chunks: AsyncIterable<string>): AsyncIterable<string> {
  for await (const line of lines(chunks)) {
    yield `${JSON.stringify(verdict(line))}\n`;
  }
}

function verdict(line: string | undefined): object {
  if (line === undefined) {
    return { valid: false, reason: `INPUT: the line is longer than ${LONGEST_LINE} characters` };
  }
  try {
    return diagnoseSignature(JSON.parse(line));
  } catch {
    return { valid: false, reason: 'INPUT: the line is not JSON' };
  }
}

/** Lines that are not blank; `undefined` stands for one that is too long to keep. */
async function* lines(chunks: AsyncIterable<string>): AsyncIterable<string | undefined> {
  let rest = '';
  let tooLong = false;
  for await (const chunk of chunks) {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    for (const line of parts) {
      yield* tooLong ? [undefined] : line.trim() === '' ? [] : [line];
      tooLong = false;
    }
    if (rest.length > LONGEST_LINE) {
      tooLong = true;
      rest = '';
    }
  }
  yield* tooLong ? [undefined] : rest.trim() === '' ? [] : [rest];
}
