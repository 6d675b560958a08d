import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { interpretLines } from '../../apps/cli/src/interpret';

const CATALOGUE = ['--catalogue', join(__dirname, '../corpus/catalogue.json')];

async function answersTo(lines: readonly string[], args: readonly string[] = CATALOGUE): Promise<unknown[]> {
  let told = '';
  const output = new Writable({
    write: (chunk: Buffer, _, done): void => {
      told += chunk.toString();
      done();
    },
  });
  await interpretLines(args, Readable.from([lines.join('\n')]), output);
  return told
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as unknown);
}

describe('pasal interpret', () => {
  it('reads list, cart and open question, and answers in the words of the corpus', async () => {
    const answers = await answersTo([
      JSON.stringify({ id: 1, text: '2 x 5', shown: [6, 5] }),
      JSON.stringify({ id: 2, text: 'make it 3', cart: [{ product: 'coke', qty: 1 }] }),
      JSON.stringify({ id: 3, text: 'yes', expecting: 'confirm' }),
      JSON.stringify({ id: 4, text: 'the usual', lang: 'nl', expect: { intent: 'confirm' } }),
    ]);
    expect(answers).toMatchObject([
      { id: 1, intent: 'add_items', items: [{ product: 'coke', qty: 5 }] },
      { id: 2, intent: 'set_quantity', items: [{ product: 'coke', qty: 3 }] },
      { id: 3, intent: 'confirm' },
      { id: 4, intent: 'reorder', extras: { which: 'usual' } },
    ]);
  });

  it('answers also what is no utterance', async () => {
    const unknown = { intent: 'other', kind: 'unknown' };
    expect(await answersTo(['{', '{"id":7}', '[]'])).toMatchObject([unknown, unknown, unknown]);
  });

  it.each([
    [[], /^usage: /],
    [['--catalog', 'x'], /^usage: /],
    [['--catalogue', '/nowhere.json'], /^--catalogue must be a catalogue in JSON: ENOENT/],
    [['--catalogue', join(__dirname, 'signature-vectors.json')], /it has no products$/],
  ])('says in one line what is wrong with %j', async (args, complaint) => {
    await expect(answersTo([], args)).rejects.toThrow(complaint);
  });
});
