import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import document from './openapi-messages.json';

const RFC_2822 = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} \+0000$/;

function newAjv(): Ajv {
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addFormat('date-time-rfc-2822', RFC_2822);
  ajv.addFormat('phone-number', true);
  ajv.addFormat('uri-map', true);
  ajv.addFormat('currency', true);
  // Twilio's page URIs are paths, not absolute URIs.
  ajv.addFormat('uri', /^\/2010-04-01\//);
  ajv.addSchema(document, 'openapi');
  return ajv;
}

const ajv = newAjv();

/** The validator of an answer that the OpenAPI document describes; it also refuses properties that Twilio does not have. */
export function answerOf(
  path: keyof typeof document.paths,
  method: string,
  status: number,
): ValidateFunction {
  const pointer = [path, method, 'responses', String(status), 'content', 'application/json', 'schema']
    .map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1')))
    .join('/');
  return ajv.compile({ $ref: `openapi#/paths/${pointer}` });
}

export const MESSAGE_PROPERTIES = Object.keys(
  document.components.schemas['api.v2010.account.message'].properties,
).sort();
