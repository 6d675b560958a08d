import {
  boundTopics,
  categories,
  type Finding,
  type TemplateFile,
  type TemplateVariable,
} from './template-file';

type Json = Readonly<Record<string, unknown>>;

/** A template of a file's JSON; what its shape lacks comes as findings instead. */
export function readTemplate(
  file: string,
  json: unknown,
): { template: TemplateFile } | { findings: Finding[] } {
  const findings: Finding[] = [];
  const wrong = (field: string, problem: string, fix: string): void => {
    findings.push({ file, field, problem, fix });
  };
  if (!isJson(json)) {
    wrong('', 'is not a JSON object', 'write { "name": …, "language": …, "types": … }');
    return { findings };
  }
  for (const field of ['name', 'language']) {
    if (typeof json[field] !== 'string') {
      wrong(field, 'is missing', 'add a text');
    }
  }
  const category = json['category'] ?? null;
  const knownCategory = category === null ? null : categories.find((known) => known === category);
  if (knownCategory === undefined) {
    wrong('category', 'is none of WhatsApp', `use ${categories.join(', ')}, or null for answers only`);
  }
  const topic = json['topic'] ?? null;
  const knownTopic = topic === null ? null : boundTopics.find((known) => known === topic);
  if (knownTopic === undefined) {
    wrong('topic', 'is no kind of message', `use ${boundTopics.join(', ')}, or null`);
  }
  const { types = null, variables = {} } = json;
  if (!isJson(types) || Object.keys(types).length === 0 || !Object.values(types).every(isJson)) {
    wrong('types', 'holds no form', 'add one, such as { "twilio/text": { "body": … } }');
  }
  if (!isJson(variables)) {
    wrong('variables', 'is not an object', 'write { "1": { "field": …, "sample": … } }');
  } else {
    for (const [key, variable] of Object.entries(variables)) {
      if (!isVariable(variable)) {
        wrong(`variables.${key}`, 'lacks field or sample', 'write { "field": …, "sample": … }');
      }
    }
  }
  return findings.length > 0
    ? { findings }
    : {
        template: {
          name: json['name'] as string,
          language: json['language'] as string,
          category: knownCategory ?? null,
          topic: knownTopic ?? null,
          variables: variables as TemplateFile['variables'],
          types: types as TemplateFile['types'],
        },
      };
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isVariable(value: unknown): value is TemplateVariable {
  return isJson(value) && typeof value['field'] === 'string' && typeof value['sample'] === 'string';
}
