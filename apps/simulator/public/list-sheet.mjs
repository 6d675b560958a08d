import { h, iconButton, icons } from './dom.mjs';

/** Opens a message's list in the phone's sheet. */
export function showList(sheet, { button, items }, { pick, close }) {
  const shut = () => {
    sheet.hidden = true;
    close();
  };
  const rows = items.map((item) =>
    h(
      'button',
      {
        type: 'button',
        class: 'sheet-item',
        'data-testid': 'list-item',
        onclick: () => {
          shut();
          pick(item);
        },
      },
      h('b', {}, item.title),
      item.description && h('span', { class: 'muted' }, item.description),
    ),
  );
  sheet.replaceChildren(
    h(
      'div',
      { class: 'sheet-card', role: 'dialog', 'aria-label': button },
      h('header', {}, h('b', {}, button), iconButton('Close', icons.close, shut)),
      ...rows,
    ),
  );
  sheet.hidden = false;
  sheet.querySelector('.sheet-item')?.focus();
}
