import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CatalogueView } from './catalogue';
import { answerUtterance, type Utterance } from './utterance';

interface Sum {
  rows: number;
  right: number;
  harmful: number;
}

interface Score {
  total: Sum;
  languages: Record<string, Sum>;
  verdicts: { verdict: string; lang: string; text: string; answer: object }[];
}

const FOLDER = join(__dirname, '../../../../test/corpus');
const WIDER = readdirSync(join(FOLDER, 'wider')).map((file) => join('wider', file));

/** Fewer rows than these say nothing about a language. */
const ENOUGH_ROWS = 9;

const catalogues = new Map<string, CatalogueView>();
function catalogueOf(name = 'demo'): CatalogueView {
  const file = name === 'demo' ? 'catalogue.json' : `catalogues/${name}.json`;
  const catalogue =
    catalogues.get(name) ?? (JSON.parse(readFileSync(join(FOLDER, file), 'utf8')) as CatalogueView);
  catalogues.set(name, catalogue);
  return catalogue;
}

/** The verdict of the scorer, which is not ours. */
function scoreOf(file: string): Score {
  const corpus = join(FOLDER, file);
  const answers = readFileSync(corpus, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const row = JSON.parse(line) as Utterance & { catalogue?: string };
      return JSON.stringify(answerUtterance(row, catalogueOf(row.catalogue)));
    });
  const scorer = join(FOLDER, 'score.mjs');
  const judged = spawnSync(process.execPath, [scorer, corpus, '-', '--json', '--catalogues', FOLDER], {
    input: answers.join('\n'),
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  return JSON.parse(judged.stdout) as Score;
}

const share = ({ rows, right }: Sum): number => right / rows;

describe.each([
  ['of the development set', ['utterances.jsonl']],
  ['that were written for it, in shops of many kinds', WIDER],
])('the texts %s', (_, files) => {
  const scores = files.map(scoreOf);
  const sums = scores.flatMap(({ languages }) => Object.entries(languages));
  const total = scores.reduce(
    (sum, score) => ({ rows: sum.rows + score.total.rows, right: sum.right + score.total.right }),
    { rows: 0, right: 0 },
  );

  it('are understood in all', () => {
    expect(total.right / total.rows).toBeGreaterThanOrEqual(0.95);
  });

  it.each(sums.filter(([, { rows }]) => rows >= ENOUGH_ROWS))('are understood in %s', (__, sum) => {
    expect(share(sum)).toBeGreaterThanOrEqual(0.85);
  });

  it('are never answered harmfully', () => {
    const harmful = scores.flatMap(({ verdicts }) => verdicts.filter(({ verdict }) => verdict === 'harmful'));
    expect(harmful.map(({ lang, text, answer }) => ({ lang, text, answer }))).toEqual([]);
  });
});
