import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTemplateFiles } from './template-files';

describe('template files', () => {
  it('that come with the project have no fault, and stand in for orders and staff in both languages', async () => {
    const { templates, findings } = await readTemplateFiles();

    expect(findings).toEqual([]);
    expect(
      templates
        .filter(({ topic }) => topic !== null)
        .map(({ topic, language }) => `${topic ?? ''} ${language}`),
    ).toEqual(['order en', 'order ne', 'staff en', 'staff ne']);
  });

  it('are refused with what is wrong in each', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'templates-'));
    const good = { name: 'a', language: 'en', types: { 'twilio/text': { body: 'Hello.' } } };
    try {
      await writeFile(join(folder, '1.json'), JSON.stringify(good));
      await writeFile(join(folder, '2.json'), JSON.stringify(good));
      await writeFile(join(folder, '3.json'), 'no JSON');
      await writeFile(
        join(folder, '4.json'),
        JSON.stringify({ ...good, topic: 'weather', variables: { 1: 'x' } }),
      );
      await writeFile(join(folder, 'README.md'), 'not a template');

      const { templates, findings } = await readTemplateFiles(folder);

      expect(templates.map(({ name }) => name)).toEqual(['a']);
      expect(findings.map(({ file, field }) => `${file} ${field}`)).toEqual([
        '2.json name',
        '3.json ',
        '4.json topic',
        '4.json variables.1',
      ]);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});
