import { validateRequest } from 'twilio';
import type { FormParams } from './domain/form-params';

/**
 * Twilio's own validator, once per live token. It tries the URL as given and with the port removed or added, and also a
 * lower-cased host, which a strict reading of the scheme would refuse; we follow Twilio's library there, because our URL is
 * configured and never taken from the request.
 * @param url absolute, as Twilio was given it, without fragment or credentials
 */
export function verifySignature(
  authTokens: readonly string[],
  signature: string,
  url: string,
  params: FormParams,
): boolean {
  // The library throws on what is no URL, which a request line in absolute form makes of ours.
  return (
    URL.canParse(url) &&
    authTokens.some((token) => token !== '' && validateRequest(token, signature, url, params))
  );
}
