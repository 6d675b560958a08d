import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { jobs } from '@app/queue';

const SOURCE = 'libs/queue/src/jobs.ts';

/** A table of all jobs: queue from the registry, payload and meaning from its types. */
export function renderJobs(root: string): string {
  const payloads = readPayloads(readFileSync(join(root, SOURCE), 'utf8'));
  const rows = Object.entries(jobs).map(([name, { queue }]) => {
    const { type = '', about = '' } = payloads.get(name) ?? {};
    return `| \`${name}\` | \`${queue}\` | \`${type}\` | ${about} |`;
  });
  return [
    `<!-- Made by \`npm run docs:generate\` from ${SOURCE}: change it there. -->`,
    '',
    '# Jobs',
    '',
    'Names are stable: jobs outlive a deploy. Payloads carry ids only.',
    '',
    '| Job | Queue | Payload | Meaning |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

interface Payload {
  type: string;
  about: string;
}

/** The members of `interface Payloads`. */
function readPayloads(source: string): Map<string, Payload> {
  const file = ts.createSourceFile(SOURCE, source, ts.ScriptTarget.Latest, true);
  const members = file.statements
    .filter(ts.isInterfaceDeclaration)
    .filter(({ name }) => name.text === 'Payloads')
    .flatMap(({ members: found }) => found.filter(ts.isPropertySignature));
  return new Map(
    members.map((member) => {
      const [doc] = ts.getJSDocCommentsAndTags(member);
      const about = ts.getTextOfJSDocComment(doc && ts.isJSDoc(doc) ? doc.comment : undefined) ?? '';
      const name = ts.isStringLiteral(member.name) ? member.name.text : member.name.getText();
      return [name, { type: member.type?.getText() ?? '', about }];
    }),
  );
}
