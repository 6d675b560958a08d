import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const CRUISE = 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs';

/** Tests, and the page that runs in a browser. */
const NOT_SHOWN = '\\.spec(-support)?\\.ts$|^libs/testing/|/public/';

interface Cruise {
  modules: { source: string; dependencies: { resolved: string }[] }[];
}

/** Who imports whom, by app and lib, without tests. */
export function renderDeps(root: string): string {
  const args = ['apps', 'libs', '--include-only', '^(apps|libs)/', '--exclude', NOT_SHOWN];
  const found = execFileSync(
    process.execPath,
    [join(root, CRUISE), ...args, '--output-type', 'json', '--collapse', '^(apps|libs)/[^/]+'],
    { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 28 },
  );
  const { modules } = JSON.parse(found) as Cruise;
  const names = modules.map(({ source }) => source).sort();
  const arrows = modules.flatMap(({ source, dependencies }) =>
    dependencies.map(({ resolved }) => `  ${node(source)} --> ${node(resolved)}`),
  );
  return [
    '<!-- Made by `npm run docs:generate` from the imports. Which of them are allowed: tools/layers.cjs. -->',
    '',
    '# Who imports whom',
    '',
    '```mermaid',
    'flowchart LR',
    ...box('apps', names),
    ...box('libs', names),
    ...[...new Set(arrows)].sort(),
    '```',
    '',
  ].join('\n');
}

function box(folder: string, names: readonly string[]): string[] {
  const inside = names.filter((name) => name.startsWith(`${folder}/`));
  return [`  subgraph ${folder}`, ...inside.map((name) => `    ${node(name)}`), '  end'];
}

/** An app and a lib may share a name; a diagram's nodes may not. */
function node(folder: string): string {
  const name = folder.replace(/^\w+\//, '');
  return folder.startsWith('apps/') ? `app-${name}[${name}]` : name;
}
