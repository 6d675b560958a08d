import { type Complain, lintTypes } from './lint-types';
import { LONGEST_VALUE } from './fill-template';
import { placeholdersIn, textsIn, withoutPlaceholders } from './placeholders';
import { fieldsOf, type Finding, type TemplateFile } from './template-file';

const MOST_VARIABLES = 100;
const LONGEST_KEY = 16;

/**
 * What WhatsApp or Twilio would refuse, before it is submitted: a name that was refused can't be used again. The limits are
 * those of Twilio's pages on content types and of errors 63013, 63021, 21656 and 92007.
 */
export function lintTemplate(file: string, template: TemplateFile): Finding[] {
  const findings: Finding[] = [];
  const complain: Complain = (field, problem, fix) => {
    findings.push({ file, field, problem, fix });
  };
  lintNames(template, complain);
  lintTypes(template, complain);
  lintVariables(template, complain);
  if (template.category !== null) {
    for (const [type, form] of Object.entries(template.types)) {
      lintApprovedBody(`types.${type}.body`, form['body'], complain);
    }
  }
  return findings;
}

function lintNames({ name, language, category, topic }: TemplateFile, complain: Complain): void {
  if (!/^[a-z0-9_]{1,512}$/.test(name)) {
    complain('name', 'is no name for a template', 'use a-z, 0-9 and _ only');
  }
  if (!/^[a-z]{2,3}(_[A-Z]{2})?$/.test(language)) {
    complain('language', 'is no language of WhatsApp', 'write it as en or en_US');
  }
  if (topic !== null && category === null) {
    complain('category', 'is missing', 'outside the window only approved templates go out: name a category');
  }
}

function lintVariables({ variables, types, topic, category }: TemplateFile, complain: Complain): void {
  const keys = Object.keys(variables);
  if (keys.length > MOST_VARIABLES) {
    complain('variables', `are ${keys.length}`, `use no more than ${MOST_VARIABLES}`);
  }
  const texts = textsIn(types, 'types');
  const used = new Set(texts.flatMap(({ text }) => placeholdersIn(text)));
  for (const { path, text } of texts) {
    for (const key of placeholdersIn(text).filter((found) => !Object.hasOwn(variables, found))) {
      complain(path, `uses {{${key}}}, which is not defined`, `add variables.${key} with field and sample`);
    }
  }
  const fields: readonly string[] | null = topic === null ? null : fieldsOf[topic];
  for (const [key, { field, sample }] of Object.entries(variables)) {
    const path = `variables.${key}`;
    if (key.length > LONGEST_KEY || /\s/.test(key)) {
      complain(path, 'has no usable name', `use up to ${LONGEST_KEY} characters without spaces`);
    }
    if (!used.has(key)) {
      complain(path, 'is used nowhere', `remove it, or write {{${key}}} in a text`);
    }
    if (fields !== null && !fields.includes(field)) {
      complain(
        `${path}.field`,
        `${field} is nothing that a message of this topic tells`,
        `use ${fields.join(', ')}`,
      );
    }
    lintSample(`${path}.sample`, sample, complain);
  }
  if (category !== null) {
    lintSequence(keys, complain);
  }
}

function lintSample(path: string, sample: string, complain: Complain): void {
  if (sample.trim() === '') {
    complain(path, 'is empty', 'give an example of what stands there');
  }
  if (/[\r\n\t]/.test(sample) || / {4}/.test(sample)) {
    complain(path, 'has a line break, a tab or four spaces in a row', 'put it on one line');
  }
  if (Array.from(sample).length > LONGEST_VALUE) {
    complain(path, 'is too long', `use up to ${LONGEST_VALUE} characters`);
  }
}

function lintSequence(keys: readonly string[], complain: Complain): void {
  const expected = keys.map((_, index) => String(index + 1));
  if (keys.some((key) => !expected.includes(key))) {
    complain('variables', `are ${keys.join(', ')}`, `number them ${expected.join(', ')} without a gap`);
  }
}

function lintApprovedBody(path: string, body: unknown, complain: Complain): void {
  if (typeof body !== 'string') {
    return;
  }
  const text = body.trim();
  const count = placeholdersIn(text).length;
  if (/\}\}\s*\{\{/.test(text)) {
    complain(path, 'has two variables side by side', 'put words between them');
  }
  if (text.startsWith('{{')) {
    complain(path, 'begins with a variable', 'put words before it');
  }
  if (/\}\}\p{P}*$/u.test(text)) {
    complain(path, 'ends with a variable', 'put words after it');
  }
  const words = withoutPlaceholders(text).match(/[\p{L}\p{M}\p{N}]+/gu)?.length ?? 0;
  if (count > 0 && words < 2 * count + 1) {
    complain(path, `has ${words} words for ${count} variables`, `use at least ${2 * count + 1} words`);
  }
}
