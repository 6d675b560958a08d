import { isIP } from 'node:net';

const LONGEST = 2_000;

/** Names that no public resolver answers for. */
const LOCAL = /(^|\.)(localhost|local|internal|home\.arpa|onion)$/;

/**
 * An https URL on its usual port at a name of the public internet, without user or password; else undefined. What the name
 * leads to is checked when it is connected to. Numbers in any notation are an IP literal for the URL parser.
 */
export function publicHttpsUrl(raw: string | URL): URL | undefined {
  const text = String(raw);
  const url = text.length <= LONGEST && URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:' || url.port !== '' || url.username !== '' || url.password !== '') {
    return undefined;
  }
  const { hostname } = url;
  const isName = hostname.includes('.') && !hostname.endsWith('.') && !hostname.startsWith('[');
  return isName && isIP(hostname) === 0 && !LOCAL.test(hostname) ? url : undefined;
}
