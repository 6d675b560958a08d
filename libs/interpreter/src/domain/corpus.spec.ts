import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CatalogueView } from './catalogue';
import type { Expectation } from './input';
import { interpret } from './interpret';

interface Row {
  id: string;
  lang: string;
  text: string;
  shown?: number[];
  cart?: { product: string; qty: number }[];
  expecting?: Expectation;
  catalogue?: string;
}

interface Score {
  languages: Record<string, { rows: number; right: number; harmful: number }>;
  verdicts: { verdict: string; lang: string; text: string }[];
}

const FOLDER = join(__dirname, '../../../../test/corpus');
const TRUNK = ['en', 'ne', 'ne-Latn', 'mixed'];

const catalogues = new Map<string, CatalogueView>();
function catalogueOf(name = 'demo'): CatalogueView {
  const known = catalogues.get(name);
  if (known !== undefined) {
    return known;
  }
  const file = name === 'demo' ? 'catalogue.json' : `catalogues/${name}.json`;
  const catalogue = JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as CatalogueView;
  catalogues.set(name, catalogue);
  return catalogue;
}

function answer(row: Row): string {
  const catalogue = catalogueOf(row.catalogue);
  const skus = new Map(catalogue.products.map((product) => [product.number, product.sku]));
  const meaning = interpret({
    text: row.text,
    catalogue,
    cart: (row.cart ?? []).map(({ product, qty }) => ({ sku: product, quantity: qty })),
    ...(row.shown === undefined ? {} : { shown: row.shown.map((number) => skus.get(number) ?? '') }),
    ...(row.expecting === undefined ? {} : { expecting: row.expecting }),
  });
  const items =
    'items' in meaning
      ? {
          items: meaning.items.map(({ sku, ...item }) => ({
            ...item,
            product: sku,
            qty: item.quantity ?? null,
          })),
        }
      : {};
  return JSON.stringify({ id: row.id, ...meaning, ...items });
}

describe('the corpus of what shoppers type', () => {
  const corpus = join(FOLDER, 'utterances.jsonl');
  const rows = readFileSync(corpus, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as Row);
  const judged = spawnSync(process.execPath, [join(FOLDER, 'score.mjs'), corpus, '-', '--json'], {
    input: rows.map(answer).join('\n'),
    encoding: 'utf8',
  });
  const score = JSON.parse(judged.stdout) as Score;

  it.each(TRUNK)('is understood in %s', (language) => {
    const sum = score.languages[language];
    expect((sum?.right ?? 0) / (sum?.rows ?? 1)).toBeGreaterThanOrEqual(0.9);
  });

  it('is never answered harmfully in English and Nepali', () => {
    const harmful = score.verdicts.filter(
      ({ verdict, lang }) => verdict === 'harmful' && TRUNK.includes(lang),
    );
    expect(harmful).toEqual([]);
  });
});
