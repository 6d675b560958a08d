/** Parameters as the signature covers them: decoded once, untrimmed; a repeated name keeps all its values. */
export type FormParams = Readonly<Record<string, string | string[]>>;

/** Parses an `application/x-www-form-urlencoded` body without limits on names, so that nothing signed is lost before the check. */
export function parseForm(raw: string): FormParams {
  const params = Object.create(null) as Record<string, string | string[]>;
  for (const [name, value] of new URLSearchParams(raw)) {
    const earlier = params[name];
    params[name] = earlier === undefined ? value : [earlier, value].flat();
  }
  return params;
}

/** PostgreSQL stores no NUL in text or jsonb; a shopper's message must not fail for one. */
export function withoutNul(text: string): string {
  return text.replaceAll('\u0000', '\uFFFD');
}
