import type { Readable, Writable } from 'node:stream';
import { diagnoseSignature } from '@app/twilio';
import { answerLines } from './json-lines';

/** Reads captured requests and writes one verdict a line. */
export function verifySignatures(input: Readable, output: Writable): Promise<void> {
  return answerLines(input, output, diagnoseSignature, (problem) => ({
    valid: false,
    reason: `INPUT: ${problem}`,
  }));
}
