import { ok, refuse, type Result } from '@app/kernel';
import { fillIn, placeholdersIn } from './placeholders';

/** WhatsApp's most for a template's text with its variables filled in (Twilio error 63021). */
export const LONGEST_TEMPLATE_TEXT = 1_024;

/** Twilio's most for one value. */
export const LONGEST_VALUE = 1_600;

/** What is needed of a template to send it. */
export interface Fillable {
  body: string;
  /** Which field fills each variable. */
  variables: Readonly<Record<string, string>>;
}

/** A template with a value for every one of its variables. */
export interface FilledTemplate {
  variables: Readonly<Record<string, string>>;
  /** What the shopper reads. */
  body: string;
}

/**
 * Every variable with its value. A missing or empty one would go out as the template's sample, and line breaks make WhatsApp
 * refuse the message: values become one line, and what is then empty or too long is refused with TEMPLATE_VARIABLE_EMPTY or
 * TEMPLATE_TOO_LONG.
 */
export function fillTemplate(
  { body, variables }: Fillable,
  fields: Readonly<Record<string, string>>,
): Result<FilledTemplate> {
  const values: Record<string, string> = {};
  for (const [key, field] of Object.entries(variables)) {
    const value = oneLine(Object.hasOwn(fields, field) ? (fields[field] ?? '') : '');
    if (value === '') {
      return refuse('TEMPLATE_VARIABLE_EMPTY', `variable {{${key}}} of the template has no ${field}`);
    }
    values[key] = value;
  }
  const unknown = placeholdersIn(body).find((key) => !Object.hasOwn(values, key));
  if (unknown !== undefined) {
    return refuse('TEMPLATE_VARIABLE_EMPTY', `variable {{${unknown}}} of the template is filled by nothing`);
  }
  const text = fillIn(body, values);
  return Array.from(text).length > LONGEST_TEMPLATE_TEXT ||
    Object.values(values).some((value) => Array.from(value).length > LONGEST_VALUE)
    ? refuse(
        'TEMPLATE_TOO_LONG',
        `with its values the template is longer than ${LONGEST_TEMPLATE_TEXT} characters`,
      )
    : ok({ variables: values, body: text });
}

function oneLine(value: string): string {
  return value.replace(/\s+/gu, ' ').trim();
}
