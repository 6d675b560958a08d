import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { renderEnvExample } from '@app/config';
import { renderDeps } from './deps';
import { renderJobs } from './jobs';
import { renderOpenApi } from './openapi';
import { renderStates } from './states';
import { renderTwilioErrors } from './twilio-errors';

const root = join(__dirname, '../../..');

/** Every generated file, by what makes it. */
const documents: Record<string, () => string | Promise<string>> = {
  '.env.example': renderEnvExample,
  'docs/generated/deps.md': () => renderDeps(root),
  'docs/generated/jobs.md': () => renderJobs(root),
  'docs/generated/openapi.json': renderOpenApi,
  'docs/TWILIO-ERRORS.md': renderTwilioErrors,
  'docs/generated/states.md': renderStates,
};

async function main(onlyCheck: boolean): Promise<void> {
  for (const [name, render] of Object.entries(documents)) {
    const path = join(root, name);
    const text = await render();
    if (text === read(path)) {
      continue;
    }
    if (onlyCheck) {
      process.stderr.write(`${name} is stale: run \`npm run docs:generate\`\n`);
      process.exitCode = 1;
    } else {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
      process.stdout.write(`${name} written\n`);
    }
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}

void main(process.argv.includes('--check'));
