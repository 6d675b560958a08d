import { h, icon, icons } from './dom.mjs';
import { clock, formatted, summary } from './format.mjs';

const ONE_TICK = 'M2.500 6.500 5.500 9.500 12 2.500';
const TWO_TICKS = ['M1 6.500 4 9.500 10.500 2.500', 'M6.500 8.200 7.800 9.500 14.500 2.500'];

const LABELS = {
  queued: 'Queued at Twilio',
  accepted: 'Accepted by Twilio',
  scheduled: 'Scheduled',
  sent: 'Sent',
  delivered: 'Delivered',
  read: 'Read',
  failed: 'Failed',
  undelivered: 'Not delivered',
  canceled: 'Canceled',
};

/** `handlers`: quote(message), tap(message, button), pick(message). `quoted` is the message it answers, if known. */
export function bubble(message, quoted, status, handlers) {
  const body = h('div', { class: 'bubble-body' });
  if (message.quotedSid) {
    body.append(quote(quoted));
  }
  body.append(...extras(message));
  const meta = h(
    'span',
    { class: 'bubble-meta' },
    message.channel === 'sms' && h('span', { class: 'bubble-channel' }, 'SMS'),
    message.viaAnswer &&
      h('span', { title: "Came in the webhook's answer, not through the API" }, 'webhook answer'),
    h('time', { datetime: message.at }, clock(message.at)),
    ticks(status, message),
  );
  // Inside the text, so that a short message keeps its time on the same line.
  body.append(
    message.body === '' ? meta : h('p', { class: 'bubble-text', dir: 'auto' }, formatted(message.body), meta),
  );
  const element = h(
    'article',
    {
      class: 'bubble',
      'data-testid': 'bubble',
      'data-author': message.author,
      'data-channel': message.channel,
      'data-sid': message.sid,
      onclick: (event) => {
        if (!event.target.closest('a, button, audio, video') && getSelection()?.isCollapsed !== false) {
          handlers.quote(message);
        }
      },
    },
    body,
    h(
      'button',
      {
        type: 'button',
        class: 'bubble-reply',
        'aria-label': `Reply to: ${summary(message)}`,
        title: 'Reply',
        onclick: () => handlers.quote(message),
      },
      icon(icons.reply),
    ),
  );
  element.append(...actions(message, handlers));
  return element;
}

function quote(quoted) {
  return h(
    'div',
    { class: 'quote', 'data-author': quoted?.author ?? 'shop' },
    h('b', {}, quoted?.author === 'shopper' ? 'You' : 'Shop'),
    h('span', {}, quoted ? summary(quoted) : 'An earlier message'),
  );
}

function extras(message) {
  const nodes = message.media.map(media);
  if (message.location) {
    nodes.push(place(message.location));
  }
  if (message.body === '' && nodes.length === 0) {
    nodes.push(h('p', { class: 'bubble-text muted' }, 'Unsupported message'));
  }
  return nodes;
}

function media(item) {
  if (!item.sid) {
    return fileLink(item, decodeURIComponent(item.url.split('/').at(-1) ?? ''), item.url);
  }
  const url = `/simulator/media/${item.sid}`;
  if (item.contentType.startsWith('image/')) {
    return h('img', {
      class: 'bubble-image',
      src: url,
      alt: 'Photo',
      onerror: (event) => event.target.replaceWith(fileLink(item, 'Photo', url)),
    });
  }
  if (item.contentType.startsWith('audio/')) {
    return h('audio', { class: 'bubble-audio', src: url, controls: true, preload: 'none' });
  }
  return fileLink(item, 'Document', url);
}

function fileLink(item, name, url) {
  return h(
    'a',
    { class: 'bubble-file', href: url, target: '_blank', rel: 'noreferrer noopener' },
    icon(item.contentType.startsWith('image/') ? icons.picture : icons.file),
    h('span', {}, name, h('small', {}, item.contentType)),
  );
}

function place({ latitude, longitude, label, address }) {
  const map = h('div', { class: 'map', 'aria-hidden': 'true' }, icon(icons.pin));
  return h(
    'div',
    { class: 'place' },
    map,
    h('b', {}, label ?? 'Location'),
    h('span', { class: 'muted' }, address ?? `${latitude}, ${longitude}`),
  );
}

function actions(message, handlers) {
  const buttons = message.buttons.map((button) =>
    button.kind === 'link'
      ? h(
          'a',
          { class: 'bubble-action', href: button.url, target: '_blank', rel: 'noreferrer noopener' },
          icon(icons.link),
          button.title,
        )
      : h(
          'button',
          {
            type: 'button',
            class: 'bubble-action',
            'data-testid': 'quick-reply',
            onclick: () => handlers.tap(message, button),
          },
          icon(icons.reply),
          button.title,
        ),
  );
  if (message.list) {
    buttons.push(
      h(
        'button',
        {
          type: 'button',
          class: 'bubble-action',
          'data-testid': 'open-list',
          onclick: () => handlers.pick(message),
        },
        icon(icons.list),
        message.list.button,
      ),
    );
  }
  return buttons;
}

export function ticks(status, message) {
  const failed = status === 'failed' || status === 'undelivered';
  const two = status === 'delivered' || status === 'read';
  const waiting = status === 'queued' || status === 'accepted' || status === 'scheduled';
  const label =
    failed && message.errorCode
      ? `${LABELS[status]}: ${message.errorCode} ${message.errorTitle ?? ''}`
      : LABELS[status];
  const shape = failed
    ? icon(icons.alert)
    : waiting
      ? icon(['M8 1.500a4.500 4.500 0 1 1 0 9 4.500 4.500 0 0 1 0-9z', 'M8 3.500V6l1.700 1'], '0 0 16 12')
      : icon(two ? TWO_TICKS : ONE_TICK, '0 0 16 12');
  return h(
    'span',
    {
      class: 'ticks',
      'data-testid': 'ticks',
      'data-status': status,
      role: 'img',
      'aria-label': label ?? status,
      title: label ?? status,
    },
    shape,
    failed && message.errorCode ? h('em', {}, String(message.errorCode)) : null,
  );
}
