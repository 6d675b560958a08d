const API_HOST = 'api.twilio.com';

/** Where Twilio's API redirects to, and where some webhooks point at once. */
const STORAGE_HOST = 'mms.twiliocdn.com';

const MEDIA_PATH =
  /^\/2010-04-01\/Accounts\/(AC[0-9a-f]{32})\/Messages\/([SM]M[0-9a-f]{32})\/Media\/ME[0-9a-f]{32}$/i;

/** Whose media it must be, and where the API is when it is not Twilio's own. */
export interface MediaOwner {
  accountSid: string;
  messageSid: string;
  apiOrigin: string | undefined;
}

/** Where to fetch a message's media, and whether with our credentials. */
export interface MediaTarget {
  url: URL;
  authorized: boolean;
}

/**
 * Reads the media URL of a webhook. Undefined: it is not Twilio's, or not that message's. The signature proves that Twilio
 * sent the URL, not that our token is safe there: only the API gets credentials, at its own paths. The configured origin
 * stands in for Twilio's and is trusted with any path.
 */
export function mediaTarget(raw: string, owner: MediaOwner): MediaTarget | undefined {
  const url = URL.canParse(raw) ? new URL(raw) : undefined;
  if (url?.username !== '' || url.password !== '') {
    return undefined;
  }
  const { apiOrigin } = owner;
  if (apiOrigin !== undefined && url.origin === apiOrigin) {
    return { url, authorized: true };
  }
  if (url.protocol !== 'https:' || url.port !== '') {
    return undefined;
  }
  if (url.hostname === STORAGE_HOST) {
    return { url, authorized: false };
  }
  if (url.hostname !== API_HOST || !isOf(owner, url.pathname)) {
    return undefined;
  }
  return {
    url: apiOrigin === undefined ? url : new URL(`${url.pathname}${url.search}`, apiOrigin),
    authorized: true,
  };
}

function isOf({ accountSid, messageSid }: MediaOwner, path: string): boolean {
  const [, account, message] = MEDIA_PATH.exec(path) ?? [];
  return account === accountSid && message === messageSid;
}
