import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import pg from 'pg';
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

/** Every tenth. */
const sample = (messages) => messages.filter((_, index) => index % 10 === 0);

function timed(catalogue, messages) {
  interpret({ text: 'hi', catalogue });
  messages.slice(0, 200).forEach((text) => interpret({ text, catalogue }));
  return messages.map((text) => {
    const began = performance.now();
    interpret({ text, catalogue });
    return performance.now() - began;
  });
}

/** The rival of the index in memory: one word of a message looked for among the same products by PostgreSQL's trigrams. */
async function trigramsOf(machine, { products }) {
  await machine.query(machine.adminUrl, 'CREATE DATABASE trigrams');
  const client = new pg.Client({ connectionString: machine.adminUrl.replace(/[^/]*$/u, 'trigrams') });
  await client.connect();
  await client.query('CREATE EXTENSION pg_trgm');
  await client.query('CREATE TABLE products (sku text, name text)');
  await client.query('INSERT INTO products SELECT * FROM unnest($1::text[], $2::text[])', [
    products.map(({ sku }) => sku),
    products.map(({ name }) => name),
  ]);
  await client.query('CREATE INDEX ON products USING gist (name gist_trgm_ops)');
  await client.query('ANALYZE products');
  return {
    search: async (messages) => {
      const times = [];
      for (const text of messages) {
        const [word] = text.split(' ').sort((one, other) => other.length - one.length);
        const began = performance.now();
        await client.query('SELECT sku FROM products WHERE name %> $1 ORDER BY name <->> $1 LIMIT 20', [
          word,
        ]);
        times.push(performance.now() - began);
      }
      return times;
    },
    end: () => client.end(),
  };
}

/** How long it takes to understand one message. */
export async function benchUnderstanding(machine, { rounds }) {
  const small = catalogueOf('demo');
  const large = shopOf(MANY_PRODUCTS);
  const trigrams = await trigramsOf(machine, large);
  const inMemory = (catalogue) => (messages) => timed(catalogue, messages);
  const scenarios = [
    { name: `${small.products.length} products`, messages: texts(), time: inMemory(small), most: 2 },
    { name: `${MANY_PRODUCTS} products`, messages: texts(), time: inMemory(large), most: 10 },
    { name: `${LONGEST} hostile characters`, messages: hostile, time: inMemory(small) },
    {
      name: `${MANY_PRODUCTS} products, one word by pg_trgm`,
      messages: sample(texts()),
      time: trigrams.search,
    },
  ];
  const runs = new Map(scenarios.map(({ name }) => [name, []]));
  while (rounds.next()) {
    for (const { name, messages, time } of rounds.inTurn(scenarios)) {
      const times = await time(messages);
      runs.get(name).push(times);
      rounds.say(
        `${name}: p50 ${rounded(quantile(times, 0.5), 3)} p99 ${rounded(quantile(times, 0.99), 3)} ms`,
      );
    }
  }
  await trigrams.end();
  return scenarios.map(({ name, messages, most }) => {
    const of = (share) => rounded(median(runs.get(name).map((times) => quantile(times, share))), 3);
    return { name, messages: messages.length, p50: of(0.5), p99: of(0.99), slowest: of(1), most };
  });
}
