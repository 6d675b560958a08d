/** Twilio's titles of the codes that a status callback may carry. An unknown code has a null message, as some have there. */
const TITLES: Readonly<Record<number, string>> = {
  30001: 'Queue overflow',
  30002: 'Account suspended',
  30003: 'Unreachable destination handset',
  30008: 'Unknown error',
  30036: 'Validity Period Expired',
  30410: 'Provider Timeout Error',
  30500: 'Twilio Internal Error',
  63001:
    'Channel could not authenticate the request. Please see Channel specific error message for more information',
  63003: 'Channel could not find To address',
  63005:
    'Channel did not accept given content. Please see Channel specific error message for more information',
  63009:
    'Channel provider returned an internal service error (HTTP 5xx). Please see Channel specific error message for more information',
  63010: "Twilio's platform encountered an internal error processing this message",
  63012: 'Channel provider returned an internal service error',
  63013: 'Channel policy violation',
  63014: 'Channel message blocked by user action',
  63015: 'Channel Sandbox can only send messages to phone numbers that have joined the Sandbox',
  63016: 'Outside messaging window. For WhatsApp, use a Message Template instead',
  63017: 'Rate limit exceeded',
  63018: 'Rate limit exceeded for Channel',
  63019: 'Media failed to download',
  63020: 'Twilio encountered a Business Manager account error',
  63021: 'Channel invalid content error',
  63023: 'Channel generic error',
  63024: 'Invalid message recipient',
  63026: 'Channel sender content flagged as spam',
  63032: 'We cannot send this message to this user because of a WhatsApp limitation.',
  63033: 'Recipient blocked to receive message',
  63038: 'Account exceeded the daily messages limit',
  63051: 'WhatsApp Business Account is Locked',
};

export function errorTitle(code: number | null): string | null {
  return code === null ? null : (TITLES[code] ?? null);
}
