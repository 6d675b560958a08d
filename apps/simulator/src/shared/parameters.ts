/** Twilio treats an empty parameter as one that is not there. */
export function parameter(parameters: URLSearchParams, name: string): string | null {
  const value = parameters.get(name);
  return value === '' ? null : value;
}
