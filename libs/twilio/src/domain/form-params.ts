/** Parameters as the signature covers them: decoded once, untrimmed; a repeated name keeps all its values. */
export type FormParams = Readonly<Record<string, string | string[]>>;

/** Parses an `application/x-www-form-urlencoded` body without limits on names, so that nothing signed is lost before the check. */
export function parseForm(raw: string): FormParams {
  const params = Object.create(null) as Record<string, string | string[]>;
  for (const [name, value] of new URLSearchParams(raw)) {
    const earlier = params[name];
    if (earlier === undefined) {
      params[name] = value;
    } else if (Array.isArray(earlier)) {
      earlier.push(value);
    } else {
      params[name] = [earlier, value];
    }
  }
  return params;
}

/** The parameters as Twilio signs them: sorted by name; of a repeated name each value once, sorted. */
export function joinParams(params: FormParams): string {
  return Object.keys(params)
    .sort()
    .map((name) => {
      const value = params[name];
      return Array.isArray(value)
        ? [...new Set(value)]
            .sort()
            .map((item) => name + item)
            .join('')
        : `${name}${value ?? ''}`;
    })
    .join('');
}

/** The parameters as PostgreSQL can keep them: it stores no NUL in text or jsonb. */
export function storableForm(params: FormParams): FormParams {
  if (!holdsNul(params)) {
    return params;
  }
  const storable = Object.create(null) as Record<string, string | string[]>;
  for (const [name, value] of Object.entries(params)) {
    storable[withoutNul(name)] = typeof value === 'string' ? withoutNul(value) : value.map(withoutNul);
  }
  return storable;
}

/** A shopper's text as it can be kept: at most `longest` long, no NUL, and no half of a character at the cut. */
export function storableText(text: string, longest: number): string {
  const cut = withoutNul(text).slice(0, longest);
  return /[\uD800-\uDBFF]$/.test(cut) ? cut.slice(0, -1) : cut;
}

function holdsNul(params: FormParams): boolean {
  return Object.keys(params).some((name) => {
    const value = params[name] ?? '';
    return hasNul(name) || (typeof value === 'string' ? hasNul(value) : value.some(hasNul));
  });
}

function hasNul(text: string): boolean {
  return text.includes('\u0000');
}

function withoutNul(text: string): string {
  return text.replaceAll('\u0000', '\uFFFD');
}
