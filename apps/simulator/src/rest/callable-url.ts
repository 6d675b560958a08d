/** A URL that Twilio would call: http(s), and no underscore in its host name. */
export function isCallableUrl(text: string): boolean {
  try {
    const url = new URL(text);
    return (url.protocol === 'http:' || url.protocol === 'https:') && !url.hostname.includes('_');
  } catch {
    return false;
  }
}
