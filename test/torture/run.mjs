/*
 * npm run torture [-- --gate | --minutes 5] [--seed 7] [--keep] [--json file] [--planted [name]] [--sends]
 *
 * Loopback only, everything in a folder of its own. See docs/ARCHITECTURE.md, "Proof".
 */
import { build, isFresh, run } from '../../tools/dist.mjs';

if (!isFresh()) {
  process.stderr.write('Building …\n');
  await build();
}
const { code, output } = await run(process.execPath, [
  'node_modules/@swc/cli/bin/swc.js',
  ...['test/torture', '--out-dir', 'dist', '--quiet'],
]);
if (code !== 0) {
  process.stderr.write(`${output}\n`);
  process.exit(1);
}
// In this process, so that signals and the exit code are the run's own.
// As a URL, because it is not there before this run has compiled it: no rule can look at it.
await import(new URL('../../dist/test/torture/main.js', import.meta.url));
