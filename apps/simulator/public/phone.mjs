import { api } from './api.mjs';
import { bubble, ticks } from './bubble.mjs';
import { composer } from './composer.mjs';
import { h } from './dom.mjs';
import { summary } from './format.mjs';
import { showList } from './list-sheet.mjs';
import { phoneFrame } from './phone-frame.mjs';
import { phoneSettings, writesBySms } from './phone-settings.mjs';

const LONGEST_TYPING_MS = 12_000;

/** One phone on the page: its chat and what its owner does. */
export class PhoneView {
  constructor(phone, shop, onRemove) {
    this.phone = phone;
    this.shop = shop;
    this.messages = new Map();
    this.bubbles = new Map();
    this.heard = new Map();
    this.quoted = null;
    this.sender = shop.sender;
    this.build(onRemove);
  }

  get address() {
    return this.phone.address;
  }

  build(onRemove) {
    this.composer = composer({
      send: (message) => this.send(message),
      cancelQuote: () => this.quote(null),
    });
    Object.assign(
      this,
      phoneFrame(this.address, this.shop, this.composer.element, {
        chatWith: (sender) => this.chatWith(sender),
        toggleSettings: () => this.toggleSettings(),
        remove: onRemove,
      }),
    );
    // `load` does not bubble; a picture that arrives late must not hide the newest message.
    this.chat.addEventListener('load', () => this.scroll(), true);
    this.element.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') {
        this.settings.hidden = true;
        this.sheet.hidden = true;
        this.composer.closeMenu();
        this.quote(null);
      }
    });
    this.update(this.phone);
  }

  /** Each number of the shop is a chat of its own. */
  chatWith(sender) {
    this.sender = sender;
    this.quote(null);
    this.setTyping(false);
    for (const [sid, element] of this.bubbles) {
      element.hidden = !this.isShown(this.messages.get(sid));
    }
    this.scroll();
    this.focus();
  }

  isShown(message) {
    return this.shop.senders.length === 1 || message.sender === this.sender;
  }

  update(phone) {
    this.phone = phone;
    this.owner.textContent = phone.name;
    this.element.setAttribute('aria-label', `Phone of ${phone.name}`);
    this.element.toggleAttribute('data-offline', !phone.online);
    this.settings.replaceChildren(...phoneSettings(phone));
  }

  toggleSettings() {
    this.settings.hidden = !this.settings.hidden;
  }

  focus() {
    this.composer.focus();
  }

  /** Shows the chat from the start, as after a lost connection. */
  show(messages, webhooks) {
    for (const element of [...this.bubbles.values(), ...this.chat.querySelectorAll('.alert')]) {
      element.remove();
    }
    this.messages.clear();
    this.bubbles.clear();
    for (const exchange of webhooks) {
      this.heard.set(exchange.messageSid, exchange);
    }
    for (const message of messages) {
      this.add(message, false);
    }
    this.scroll();
  }

  add(message, isNew = true) {
    if (this.messages.has(message.sid)) {
      return;
    }
    this.messages.set(message.sid, message);
    const element = this.bubbleOf(message);
    this.typing.before(element);
    if (!this.isShown(message)) {
      return;
    }
    if (message.author === 'shop') {
      this.setTyping(false);
    } else if (isNew && this.shop.webhookUrl !== '') {
      this.setTyping(true);
    }
    if (isNew) {
      element.classList.add('arriving');
      this.scroll();
    }
  }

  bubbleOf(message) {
    const element = bubble(message, this.messages.get(message.quotedSid), this.statusOf(message), {
      quote: (quoted) => this.quote(quoted),
      tap: (from, button) =>
        this.send({ kind: 'button', title: button.title, payload: button.id, quote: from.sid }),
      pick: (from) => this.openList(from),
    });
    element.hidden = !this.isShown(message);
    this.bubbles.set(message.sid, element);
    return element;
  }

  changeStatus(message) {
    const before = this.messages.get(message.sid);
    this.messages.set(message.sid, message);
    // What the message links to was fetched meanwhile.
    if (before?.media.some(({ sid }, place) => sid !== message.media[place]?.sid)) {
      this.bubbles.get(message.sid)?.replaceWith(this.bubbleOf(message));
    }
    this.refreshTicks(message);
  }

  refreshTicks(message) {
    this.bubbles
      .get(message.sid)
      ?.querySelector('.ticks')
      ?.replaceWith(ticks(this.statusOf(message), message));
  }

  /** The shopper's own message: one tick when it left, two when the shop took it. */
  statusOf(message) {
    if (message.author === 'shop') {
      return message.status;
    }
    const exchange = this.heard.get(message.sid);
    if (!exchange) {
      return 'sent';
    }
    return exchange.status >= 200 && exchange.status <= 299 ? 'delivered' : 'failed';
  }

  hear(exchange) {
    const message = this.messages.get(exchange.messageSid);
    if (exchange.kind === 'status' || !message) {
      return;
    }
    this.heard.set(exchange.messageSid, exchange);
    this.refreshTicks(message);
    if (exchange.status === null || exchange.status > 299) {
      this.setTyping(false);
      this.note(
        exchange.status === null
          ? 'The shop’s webhook could not be reached'
          : `The shop’s webhook answered ${exchange.status}`,
      );
    }
  }

  note(text) {
    this.typing.before(h('p', { class: 'notice alert', role: 'status' }, text));
    this.scroll();
  }

  setTyping(on) {
    clearTimeout(this.typingTimer);
    this.typing.hidden = !on;
    this.presence.textContent = on ? 'typing…' : 'online';
    if (on) {
      this.typingTimer = setTimeout(() => this.setTyping(false), LONGEST_TYPING_MS);
      this.scroll();
    }
  }

  quote(message) {
    this.quoted = message;
    this.composer.showQuote(message && { author: message.author, text: summary(message) });
    if (message) {
      this.focus();
    }
  }

  async send(message) {
    const quote = message.quote ?? this.quoted?.sid;
    const to = writesBySms(this.phone, this.quoted) ? this.shop.smsSender : null;
    this.quote(null);
    try {
      await api.send(this.address, { ...message, to: to ?? this.sender, ...(quote && { quote }) });
    } catch (error) {
      this.note(error.message);
    }
  }

  openList(message) {
    showList(this.sheet, message.list, {
      pick: ({ id, title }) => void this.send({ kind: 'list', id, title, quote: message.sid }),
      close: () => this.focus(),
    });
  }

  scroll() {
    this.chat.scrollTop = this.chat.scrollHeight;
  }
}
