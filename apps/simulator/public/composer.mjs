import { h, icon, icons } from './dom.mjs';
import { fileAsBase64, samplePicture } from './sample-picture.mjs';

const HINTS = ['hi', '1', '1 x 10', 'place order'];
const THAMEL = {
  latitude: '27.7154',
  longitude: '85.3123',
  label: 'Thamel',
  address: 'Thamel Marg, Kathmandu',
};

/** The foot of a phone: hints, quote, attachments, text and send. */
export function composer({ send, cancelQuote }) {
  const input = h('textarea', {
    class: 'message-input',
    'data-testid': 'message-input',
    'aria-label': 'Message',
    placeholder: 'Message',
    rows: '1',
    maxlength: '4096',
    enterkeyhint: 'send',
    oninput: () => fit(),
    onkeydown: (event) => {
      if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
        event.preventDefault();
        submit();
      }
    },
  });
  const fit = () => {
    input.style.height = 'auto';
    input.style.height = `${Math.min(input.scrollHeight, 120)}px`;
  };
  const submit = () => {
    const body = input.value;
    if (body.trim() !== '') {
      input.value = '';
      fit();
      send({ kind: 'text', body });
    }
    input.focus();
  };
  const file = h('input', {
    type: 'file',
    hidden: true,
    'aria-label': 'File',
    onchange: async () => {
      const [chosen] = file.files;
      if (chosen) {
        const contentType = chosen.type === '' ? 'application/octet-stream' : chosen.type;
        send({ kind: 'media', contentType, data: await fileAsBase64(chosen) });
        file.value = '';
      }
    },
  });
  const menu = attachments(send, () => file.click());
  const quote = h('div', { class: 'composer-quote', hidden: true });
  const element = h(
    'footer',
    { class: 'composer' },
    h(
      'div',
      { class: 'chips', 'aria-label': 'Suggestions' },
      ...HINTS.map((hint) =>
        h(
          'button',
          {
            type: 'button',
            class: 'chip',
            'data-testid': 'hint',
            onclick: () => {
              send({ kind: 'text', body: hint });
              input.focus();
            },
          },
          hint,
        ),
      ),
    ),
    quote,
    menu.element,
    h(
      'form',
      {
        class: 'composer-row',
        onsubmit: (event) => {
          event.preventDefault();
          submit();
        },
      },
      h(
        'button',
        {
          type: 'button',
          class: 'icon-button',
          'aria-label': 'Attach',
          'aria-haspopup': 'true',
          'data-testid': 'attach',
          onclick: () => menu.toggle(),
        },
        icon(icons.attach),
      ),
      input,
      h(
        'button',
        { type: 'submit', class: 'send', 'data-testid': 'send', 'aria-label': 'Send' },
        icon(icons.send),
      ),
      file,
    ),
  );
  return {
    element,
    closeMenu: () => {
      menu.element.hidden = true;
    },
    focus: () => input.focus({ preventScroll: true }),
    showQuote: (quoted) => showQuote(quote, quoted, cancelQuote),
  };
}

function attachments(send, chooseFile) {
  const item = (label, path, testId, action) =>
    h(
      'button',
      {
        type: 'button',
        'data-testid': testId,
        onclick: () => {
          element.hidden = true;
          action();
        },
      },
      icon(path),
      label,
    );
  const element = h(
    'div',
    { class: 'attachments', hidden: true },
    item('Location', icons.pin, 'send-location', () => send({ kind: 'location', ...THAMEL })),
    item('Photo', icons.picture, 'send-picture', () =>
      send({ kind: 'media', contentType: 'image/png', data: samplePicture() }),
    ),
    item('File', icons.file, 'send-file', chooseFile),
    item('Voice', icons.voice, 'send-voice', () => send({ kind: 'media', contentType: 'audio/ogg' })),
  );
  return {
    element,
    toggle: () => {
      element.hidden = !element.hidden;
    },
  };
}

function showQuote(bar, quoted, cancel) {
  bar.hidden = !quoted;
  bar.replaceChildren();
  if (quoted) {
    bar.append(
      h(
        'div',
        { class: 'quote', 'data-author': quoted.author },
        h('b', {}, quoted.author === 'shopper' ? 'You' : 'Shop'),
        h('span', {}, quoted.text),
      ),
      h(
        'button',
        { type: 'button', class: 'icon-button', 'aria-label': 'Do not quote', onclick: cancel },
        icon(icons.close),
      ),
    );
  }
}
