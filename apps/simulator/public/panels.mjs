import { api } from './api.mjs';
import { h, icon, icons } from './dom.mjs';

const LOG_LENGTH = 150;

/** What the page offers; the control API can do more. */
const FAULTS = [
  {
    id: 'slow',
    title: 'Slow answers',
    text: 'Every API answer takes 1–3 seconds',
    faults: { latencyMs: [1_000, 3_000] },
  },
  {
    id: 'busy',
    title: 'Too many requests',
    text: 'Every third send is refused with 429',
    faults: { rateLimit: { percent: 33 } },
  },
  {
    id: 'broken',
    title: 'Server errors',
    text: 'A third of the sends: accepted, but answered 500',
    faults: { failAfter: { percent: 33 } },
  },
  {
    id: 'cut',
    title: 'Cut connections',
    text: 'A third of the sends: accepted, then silence',
    faults: { cutAfter: { percent: 33 } },
  },
  {
    id: 'drop',
    title: 'Lost callbacks',
    text: 'Half of the status callbacks never come',
    faults: { dropCallbacks: { percent: 50 } },
  },
  {
    id: 'repeat',
    title: 'Repeated callbacks',
    text: 'Every status callback comes twice',
    faults: { repeatCallbacks: true },
  },
  {
    id: 'reorder',
    title: 'Reordered callbacks',
    text: '“Delivered” before “sent”',
    faults: { reorderCallbacks: true },
  },
];

export function heading(title, close) {
  return h(
    'header',
    { class: 'panel-head' },
    h('h2', {}, title),
    h(
      'button',
      { type: 'button', class: 'icon-button', 'aria-label': `Close ${title}`, onclick: close },
      icon(icons.close),
    ),
  );
}

export function faultPanel(element, badge, close) {
  const switches = FAULTS.map((fault) => {
    const input = h('input', {
      type: 'checkbox',
      role: 'switch',
      'data-testid': `fault-${fault.id}`,
      onchange: () => void apply(),
    });
    return {
      fault,
      input,
      row: h(
        'label',
        { class: 'switch fault' },
        input,
        h('span', {}, h('b', {}, fault.title), h('small', {}, fault.text)),
      ),
    };
  });
  const showCount = () => {
    const count = switches.filter(({ input }) => input.checked).length;
    badge.hidden = count === 0;
    badge.textContent = String(count);
  };
  const apply = async () => {
    const chosen = switches.filter(({ input }) => input.checked).map(({ fault }) => fault.faults);
    await api.setFaults(Object.assign({}, ...chosen));
    showCount();
  };
  element.append(
    heading('Faults', close),
    h(
      'p',
      { class: 'muted small' },
      'Twilio on a bad day. The shop has to cope: nothing lost, nothing twice.',
    ),
    ...switches.map(({ row }) => row),
  );
  return {
    async refresh() {
      const inForce = await api.faults();
      for (const { fault, input } of switches) {
        input.checked = Object.keys(fault.faults).every((name) =>
          name === 'latencyMs' ? inForce.latencyMs[1] > 0 : inForce.rules[name] !== undefined,
        );
      }
      showCount();
    },
  };
}

export function logPanel(element, dot, close) {
  const rows = h('ol', { class: 'log-rows' });
  const empty = h(
    'p',
    { class: 'muted small' },
    'What Twilio posts to the shop will be listed here, newest first.',
  );
  element.append(heading('Webhooks', close), empty, rows);
  const add = (exchange) => {
    empty.hidden = true;
    rows.prepend(row(exchange));
    while (rows.childElementCount > LOG_LENGTH) {
      rows.lastElementChild.remove();
    }
    dot.dataset.state = isFine(exchange) ? 'fine' : 'bad';
  };
  return {
    add,
    refresh(exchanges) {
      rows.replaceChildren();
      exchanges.slice(-LOG_LENGTH).forEach(add);
      empty.hidden = exchanges.length > 0;
    },
  };
}

function isFine(exchange) {
  return exchange.status !== null && exchange.status < 300 && exchange.problem === null;
}

function row(exchange) {
  const retries = exchange.attempts.length - 1;
  const at = new Date(exchange.attempts[0]?.at ?? Date.now());
  const what = { inbound: 'Message', fallback: 'Message, fallback', status: 'Status', events: 'Events' }[
    exchange.kind
  ];
  const details = [
    at.toLocaleTimeString([], { hour12: false }),
    exchange.phone.replace('whatsapp:', ''),
    retries > 0 ? `${retries} ${retries === 1 ? 'retry' : 'retries'}` : '',
  ].filter(Boolean);
  return h(
    'li',
    { class: 'log-row', 'data-fine': String(isFine(exchange)), title: exchange.url },
    h('span', { class: 'log-code' }, exchange.status === null ? '—' : String(exchange.status)),
    h(
      'span',
      { class: 'log-what' },
      h('b', {}, what, ' ', h('q', {}, exchange.about === '' ? '(no text)' : exchange.about)),
      h('small', { class: 'muted' }, details.join(' · ')),
      exchange.problem &&
        h('small', { class: 'log-problem' }, `${exchange.problem.code} ${exchange.problem.title}`),
    ),
    h('span', { class: 'log-ms muted' }, `${Math.round(exchange.ms)} ms`),
  );
}
