import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

/** Far above a webhook of 64 KiB and a batch of events of 1 MiB, escaped. */
const LONGEST_LINE = 8 * 1024 * 1024;

/**
 * Reads JSON lines and writes one answer a line, however many there are.
 * @param refuse answers a line that is too long, or no JSON
 */
export async function answerLines(
  input: Readable,
  output: Writable,
  answer: (value: unknown) => object,
  refuse: (problem: string) => object,
): Promise<void> {
  const answerLine = (line: string | undefined): object => {
    if (line === undefined) {
      return refuse(`the line is longer than ${LONGEST_LINE} characters`);
    }
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      return refuse('the line is not JSON');
    }
    return answer(value);
  };
  const answers = async function* (chunks: AsyncIterable<string>): AsyncIterable<string> {
    for await (const line of lines(chunks)) {
      yield `${JSON.stringify(answerLine(line))}\n`;
    }
  };
  try {
    await pipeline(input.setEncoding('utf8'), answers, output, { end: false });
  } catch (error) {
    // The reader went away, as `head` does: nobody is left to tell.
    if ((error as NodeJS.ErrnoException).code !== 'EPIPE') {
      throw error;
    }
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
