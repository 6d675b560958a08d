import type { Variable } from './variable';
import { variables } from './variables';

/** `.env.example`, from the same definition that parses the environment. */
export function renderEnvExample(): string {
  const blocks = (Object.values(variables) as Variable[]).map((variable) =>
    [
      `# ${variable.about}`,
      ...(variable.required ? ['# Required in production and in distributed mode.'] : []),
      ...(variable.aliases ? [`# Also read as ${variable.aliases.join(', ')}.`] : []),
      ...(variable.secret ? [`# Also read from the file that ${variable.name}_FILE names.`] : []),
      `# Default: ${variable.shownDefault ?? 'none'}`,
      `#${variable.name}=`,
    ].join('\n'),
  );
  return [
    '# Made by `npm run docs:generate` from libs/config/src/variables.ts: change it there.',
    '# Copy to .env and uncomment what you set. The environment wins over this file.',
    '',
    blocks.join('\n\n'),
    '',
  ].join('\n');
}
