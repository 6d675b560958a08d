import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { median, quantile, rounded } from './statistics.mjs';

const { interpret } = createRequire(import.meta.url)('../../dist/libs/interpreter/src/index.js');

const CORPUS = join(import.meta.dirname, '../corpus');
const WIDER = join(CORPUS, 'wider');
const MANY_PRODUCTS = 20_000;
const LONGEST = 4_096;

const linesOf = (file) => readFileSync(file, 'utf8').split('\n').filter(Boolean);
const catalogueOf = (name) =>
  JSON.parse(
    readFileSync(join(CORPUS, name === 'demo' ? 'catalogue.json' : `catalogues/${name}.json`), 'utf8'),
  );

/** Every text that shoppers type in the corpora, in shops of all languages. */
function texts() {
  const files = [join(CORPUS, 'utterances.jsonl'), ...readdirSync(WIDER).map((file) => join(WIDER, file))];
  return files.flatMap(linesOf).map((line) => JSON.parse(line).text);
}

/** A shop of this many products: the names of all the corpora's shops, two by two. */
function shopOf(count) {
  const shops = ['demo', ...readdirSync(join(CORPUS, 'catalogues')).map((file) => file.replace('.json', ''))];
  const products = shops.flatMap((name) => catalogueOf(name).products);
  return {
    languages: ['en', 'ne'],
    products: Array.from({ length: count }, (_, index) => {
      const [one, other] = [products[index % products.length], products[(index * 7) % products.length]];
      const name = index < products.length ? one.name : `${one.name} ${other.name} ${index}`;
      return { ...one, sku: `sku-${index}`, number: index + 1, name, names: {}, aliases: [] };
    }),
  };
}

const hostile = [
  'a'.repeat(LONGEST),
  'a '.repeat(LONGEST / 2),
  '1 x '.repeat(LONGEST / 4),
  'momo 2 and '.repeat(LONGEST / 11),
  '१'.repeat(LONGEST),
  'क्ष्'.repeat(LONGEST / 4),
  '1/2 '.repeat(LONGEST / 4),
  '@e'.repeat(LONGEST / 2),
  '\u0301'.repeat(LONGEST),
  '؟و'.repeat(LONGEST / 2),
];

function timed(catalogue, messages) {
  interpret({ text: 'hi', catalogue });
  messages.slice(0, 200).forEach((text) => interpret({ text, catalogue }));
  return messages.map((text) => {
    const began = performance.now();
    interpret({ text, catalogue });
    return performance.now() - began;
  });
}

/** How long it takes to understand one message. */
export async function benchUnderstanding(_machine, { rounds }) {
  const small = catalogueOf('demo');
  const scenarios = [
    { name: `${small.products.length} products`, catalogue: small, messages: texts(), most: 2 },
    { name: `${MANY_PRODUCTS} products`, catalogue: shopOf(MANY_PRODUCTS), messages: texts(), most: 10 },
    { name: `${LONGEST} hostile characters`, catalogue: small, messages: hostile },
  ];
  const runs = new Map(scenarios.map(({ name }) => [name, []]));
  while (rounds.next()) {
    for (const { name, catalogue, messages } of rounds.inTurn(scenarios)) {
      const times = timed(catalogue, messages);
      runs.get(name).push(times);
      rounds.say(
        `${name}: p50 ${rounded(quantile(times, 0.5), 3)} p99 ${rounded(quantile(times, 0.99), 3)} ms`,
      );
    }
  }
  return scenarios.map(({ name, messages, most }) => {
    const of = (share) => rounded(median(runs.get(name).map((times) => quantile(times, share))), 3);
    return { name, messages: messages.length, p50: of(0.5), p99: of(0.99), slowest: of(1), most };
  });
}
