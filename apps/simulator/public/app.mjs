import { api, listen } from './api.mjs';
import { h } from './dom.mjs';
import { readable } from './format.mjs';
import { faultPanel, logPanel } from './panels.mjs';
import { PhoneView } from './phone.mjs';
import { templatePanel } from './template-panel.mjs';

const FIRST_PHONE = { address: '+977 980-000-0001', name: 'Asha' };
const NAMES = ['Bikash', 'Chandra', 'Deepa', 'Eklavya', 'Gita', 'Hari', 'Indira', 'Kiran'];
/** A load run may write from thousands of phones. */
const MOST_PHONES = 12;

const byId = (id) => document.getElementById(id);
const views = new Map();
let shop;
let selected = null;

const faults = faultPanel(byId('faults'), byId('faults-badge'), () => togglePanel('faults', false));
const log = logPanel(byId('log'), byId('webhook-dot'), () => togglePanel('log', false));

const templates = templatePanel(byId('templates'), () => togglePanel('templates', false));

const PANELS = ['faults', 'log', 'templates'];

function togglePanel(name, open) {
  for (const id of PANELS) {
    const show = id === name && open;
    byId(id).hidden = !show;
    byId(`open-${id}`).setAttribute('aria-expanded', String(show));
  }
  if (name === 'templates' && open) {
    void templates.refresh();
  }
}

function addView(phone) {
  const known = views.get(phone.address);
  if (known) {
    known.update(phone);
    renderTabs();
    return known;
  }
  if (views.size >= MOST_PHONES) {
    return undefined;
  }
  const view = new PhoneView(phone, shop, () => void api.removePhone(phone.address));
  views.set(phone.address, view);
  byId('phones').append(view.element);
  select(selected ?? phone.address);
  return view;
}

function removeView(address) {
  views.get(address)?.element.remove();
  views.delete(address);
  if (selected === address) {
    selected = null;
    const [next] = views.keys();
    if (next) {
      select(next);
    }
  }
  renderTabs();
}

/** Only a narrow screen shows one phone at a time. */
function select(address) {
  selected = address;
  for (const view of views.values()) {
    view.element.toggleAttribute('data-selected', view.address === address);
  }
  views.get(address)?.scroll();
  renderTabs();
}

function renderTabs() {
  byId('tabs').replaceChildren(
    ...[...views.values()].map((view) =>
      h(
        'button',
        {
          type: 'button',
          role: 'tab',
          class: 'tab',
          'data-testid': 'tab',
          'aria-selected': String(view.address === selected),
          onclick: () => {
            select(view.address);
            view.focus();
          },
        },
        view.phone.name,
      ),
    ),
  );
}

/** Everything from the start: at first, after a reset, and after the event stream was lost. */
async function load() {
  shop = await api.state();
  byId('shop-name').textContent = shop.shopName;
  document.title = `${shop.shopName} · phone simulator`;
  byId('fact-sender').textContent = shop.senders.map(({ address }) => readable(address)).join(', ');
  byId('fact-webhook').textContent = shop.webhookUrl === '' ? 'none yet' : shop.webhookUrl.replace(/#.*/, '');
  let phones = await api.phones();
  if (phones.length === 0) {
    phones = [await api.addPhone(FIRST_PHONE)];
  }
  const webhooks = await api.webhooks();
  for (const address of [...views.keys()].filter(
    (known) => !phones.some((phone) => phone.address === known),
  )) {
    removeView(address);
  }
  for (const phone of phones) {
    const view = addView(phone);
    view?.show(
      await api.chat(phone.address),
      webhooks.filter((exchange) => exchange.kind !== 'status' && exchange.phone === phone.address),
    );
  }
  log.refresh(webhooks);
  await faults.refresh();
}

function handle(event) {
  switch (event.type) {
    case 'message':
      views.get(event.message.phone)?.add(event.message);
      break;
    case 'status':
      views.get(event.message.phone)?.changeStatus(event.message);
      break;
    case 'phone':
      addView(event.phone);
      break;
    case 'phoneRemoved':
      removeView(event.address);
      break;
    case 'typing':
      views.get(event.address)?.setTyping(true);
      break;
    case 'webhook':
      views.get(event.exchange.phone)?.hear(event.exchange);
      log.add(event.exchange);
      break;
    case 'faults':
      void faults.refresh();
      break;
    case 'reset':
      void load();
      break;
  }
}

function wireDialog() {
  const dialog = byId('new-phone');
  const form = dialog.querySelector('form');
  byId('add-phone').addEventListener('click', () => {
    const number = views.size + 1;
    form.elements.name.value = NAMES[(number - 2) % NAMES.length] ?? 'Shopper';
    form.elements.address.value = `+977 980-000-${String(number).padStart(4, '0')}`;
    byId('new-phone-error').textContent = '';
    dialog.showModal();
    form.elements.name.select();
  });
  byId('new-phone-cancel').addEventListener('click', () => dialog.close());
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    try {
      const phone = await api.addPhone({
        name: form.elements.name.value,
        address: form.elements.address.value,
      });
      dialog.close();
      const view = addView(phone);
      select(phone.address);
      view?.focus();
      view?.element.scrollIntoView({ behavior: 'smooth', inline: 'center', block: 'nearest' });
    } catch (error) {
      byId('new-phone-error').textContent = error.message;
    }
  });
}

for (const id of PANELS) {
  byId(`open-${id}`).addEventListener('click', () => togglePanel(id, byId(id).hidden));
}
wireDialog();
togglePanel('log', matchMedia('(min-width: 1180px)').matches);

// Events wait for the load before them, so none is handled twice or too early.
let loaded = Promise.resolve();
listen(
  (event) => {
    loaded = loaded.then(() => handle(event));
  },
  () => {
    const first = views.size === 0;
    loaded = loaded.then(load).then(() => {
      if (first) {
        views.get(selected)?.focus();
      }
    });
  },
);
