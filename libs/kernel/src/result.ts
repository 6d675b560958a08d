/** One input field that was refused, and what it must be instead. */
export interface FieldError {
  field: string;
  message: string;
}

/** An expected "no" of the domain. `code` is stable and documented; `detail` is for people. */
export interface Refusal {
  code: string;
  detail: string;
  errors?: readonly FieldError[];
}

export type Result<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

export function ok<T>(value: T): Result<T> {
  return { ok: true, value };
}

export function refuse(code: string, detail: string, errors?: readonly FieldError[]): Result<never> {
  return { ok: false, refusal: errors ? { code, detail, errors } : { code, detail } };
}
