import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { lintTemplate } from './domain/lint-template';
import { readTemplate } from './domain/read-template';
import type { Finding, TemplateFile } from './domain/template-file';

/** The templates that come with the project. */
const OWN_FOLDER = join(__dirname, '../files');

/** Template files of a folder. */
export interface TemplateFiles {
  /** Those without a fault. */
  templates: readonly TemplateFile[];
  findings: readonly Finding[];
}

/**
 * Reads and lints every `*.json` of a folder, in the order of their names.
 * @throws Error of the file system
 */
export async function readTemplateFiles(folder = OWN_FOLDER): Promise<TemplateFiles> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  const templates: TemplateFile[] = [];
  const findings: Finding[] = [];
  for (const name of names) {
    const read = readTemplate(name, parse(await readFile(join(folder, name), 'utf8')));
    if ('findings' in read) {
      findings.push(...read.findings);
      continue;
    }
    const { template } = read;
    const faults = lintTemplate(name, template);
    if (templates.some((other) => other.name === template.name && other.language === template.language)) {
      const problem = `${template.name} (${template.language}) is in another file too`;
      faults.push({ file: name, field: 'name', problem, fix: 'give it a name of its own' });
    }
    findings.push(...faults);
    templates.push(...(faults.length === 0 ? [template] : []));
  }
  return { templates, findings };
}

/** Undefined for what is no JSON: no template either. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
