import { readFile } from 'node:fs/promises';
import type { Readable, Writable } from 'node:stream';
import { parseArgs } from 'node:util';
import { ConfigError } from '@app/config';
import { answerUtterance, type CatalogueView, type Utterance } from '@app/interpreter';
import { answerLines } from './json-lines';

/** Says of each message, one `{id, text, shown, cart, expecting}` a line, what it means in a shop of that catalogue. */
export async function interpretLines(
  args: readonly string[],
  input: Readable,
  output: Writable,
): Promise<void> {
  const catalogue = await readCatalogue(args);
  const refuse = (error: string): object => ({ intent: 'other', kind: 'unknown', error });
  await answerLines(
    input,
    output,
    (value) => (isUtterance(value) ? answerUtterance(value, catalogue) : refuse('the line has no text')),
    refuse,
  );
}

function isUtterance(value: unknown): value is Utterance {
  return typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string';
}

async function readCatalogue(args: readonly string[]): Promise<CatalogueView> {
  const file = fileOf(args);
  if (file === undefined) {
    throw new ConfigError('usage: pasal interpret --catalogue catalogue.json < lines.jsonl > answers.jsonl');
  }
  let catalogue: Partial<CatalogueView>;
  try {
    catalogue = JSON.parse(await readFile(file, 'utf8')) as Partial<CatalogueView>;
  } catch (error) {
    throw new ConfigError(`--catalogue must be a catalogue in JSON: ${(error as Error).message}`);
  }
  if (!Array.isArray(catalogue.products)) {
    throw new ConfigError('--catalogue must be a catalogue in JSON: it has no products');
  }
  return catalogue as CatalogueView;
}

function fileOf(args: readonly string[]): string | undefined {
  try {
    return parseArgs({ args: [...args], options: { catalogue: { type: 'string' } } }).values.catalogue;
  } catch {
    return undefined;
  }
}
