import { h, iconButton, icons } from './dom.mjs';
import { readable } from './format.mjs';

/** How a phone is drawn: the whole, and by name the parts that change. */
export function phoneFrame(address, shop, composer, { chatWith, toggleSettings, remove }) {
  const owner = h('strong');
  const presence = h('span', { class: 'presence' }, 'online');
  const settings = h('div', { class: 'menu', hidden: true });
  const sheet = h('div', { class: 'sheet', hidden: true });
  const typing = h(
    'div',
    { class: 'typing', 'data-testid': 'typing', hidden: true, 'aria-label': 'The shop is typing' },
    h('i'),
    h('i'),
    h('i'),
  );
  const chat = h(
    'div',
    { class: 'chat', role: 'log', 'aria-live': 'polite', 'aria-label': 'Chat', tabindex: '0' },
    h(
      'p',
      { class: 'notice' },
      'Messages go to the shop’s webhook on this machine. Nobody outside reads them.',
    ),
    typing,
  );
  const element = h(
    'section',
    { class: 'device-slot', 'data-testid': 'phone', 'data-address': address, 'aria-label': 'Phone' },
    h(
      'header',
      { class: 'owner' },
      h('span', { class: 'owner-name' }, owner, h('span', { class: 'muted' }, readable(address))),
      iconButton('Phone settings', icons.more, toggleSettings, 'phone-settings'),
      iconButton('Remove phone', icons.close, remove, 'remove-phone'),
      settings,
    ),
    h(
      'div',
      { class: 'device' },
      h(
        'header',
        { class: 'chat-header' },
        h('span', { class: 'avatar', 'aria-hidden': 'true' }, shop.shopName.slice(0, 1)),
        h(
          'span',
          { class: 'chat-title' },
          h('b', {}, shop.shopName),
          h('span', {}, numbers(shop, chatWith), ' · ', presence),
        ),
      ),
      chat,
      composer,
      sheet,
    ),
  );
  return { element, owner, presence, settings, sheet, typing, chat };
}

/** The shop's number; where it has several, the shopper chooses with which of them to chat. */
function numbers({ sender, senders }, chatWith) {
  if (senders.length === 1) {
    return readable(sender);
  }
  return h(
    'select',
    {
      class: 'numbers',
      'data-testid': 'numbers',
      'aria-label': 'Number of the shop',
      onchange: ({ target }) => chatWith(target.value),
    },
    ...senders.map(({ address, name }) =>
      h('option', { value: address }, name === null ? readable(address) : `${name} ${readable(address)}`),
    ),
  );
}
