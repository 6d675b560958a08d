import { build } from './dist.mjs';

try {
  await build();
} catch (error) {
  process.stderr.write(`pasal: ${error.message}\n`);
  process.exitCode = 1;
}
