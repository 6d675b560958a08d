import { availableParallelism } from 'node:os';
import { build, run } from './dist.mjs';

/** The gate but for the tests, the slowest step first: the arguments of node. */
const steps = {
  lint: ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0'],
  types: ['node_modules/typescript/bin/tsc', '--noEmit'],
  format: ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
  'dependency rules': [
    'node_modules/dependency-cruiser/bin/dependency-cruise.mjs',
    ...['apps', 'libs', 'migrations', 'test', 'tools'],
  ],
  'dead code': ['node_modules/knip/bin/knip.js', '--no-progress', '--treat-config-hints-as-errors'],
  'generated docs': ['dist/tools/docs/main.js', '--check'],
};

async function check(name, args) {
  const begun = Date.now();
  const { code, output } = await run(process.execPath, args);
  const seconds = ((Date.now() - begun) / 1_000).toFixed(1);
  process.stdout.write(`${code === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)\n`);
  if (code !== 0) {
    process.stdout.write(`\n${output}\n`);
    process.exitCode = 1;
  }
}

try {
  await build();
} catch (error) {
  process.stderr.write(`pasal: ${error.message}\n`);
  process.exit(1);
}
const waiting = Object.entries(steps).values();
const lane = async () => {
  for (const [name, args] of waiting) {
    await check(name, args);
  }
};
await Promise.all(Array.from({ length: Math.min(availableParallelism(), 4) }, lane));
