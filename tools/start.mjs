import { build, isFresh } from './dist.mjs';

try {
  if (!isFresh()) {
    process.stdout.write('Building …\n');
    await build();
  }
} catch (error) {
  process.stderr.write(`pasal: ${error.message}\n`);
  process.exit(1);
}
// In this process, so that signals and the exit code are the shop's own.
await import('../dist/apps/standalone/src/main.js');
