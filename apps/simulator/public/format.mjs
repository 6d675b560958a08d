import { h } from './dom.mjs';

const MONO = /```([\s\S]+?)```/;
const STYLED = /(^|[\s(\[{"'.,:;!?/-])([*_~])(?=\S)([^\n]*?\S)\2(?=$|[\s)\]}"'.,:;!?/*_~-])/;
const LINK = /https?:\/\/[^\s<>"]+[^\s<>".,:;!?)]/;
const TAGS = { '*': 'b', _: 'i', '~': 's' };

/** WhatsApp's marks, *bold* _italic_ ~strike~ ```mono```, and links, as nodes. */
export function formatted(text) {
  const fragment = document.createDocumentFragment();
  append(fragment, text);
  return fragment;
}

function append(parent, text) {
  const match = firstMatch(text);
  if (!match) {
    parent.append(text);
    return;
  }
  parent.append(text.slice(0, match.start), match.node);
  append(parent, text.slice(match.end));
}

function firstMatch(text) {
  const found = [mono(text), styled(text), link(text)].filter(Boolean);
  return found.sort((a, b) => a.start - b.start)[0];
}

function mono(text) {
  const match = MONO.exec(text);
  return match && { start: match.index, end: match.index + match[0].length, node: h('code', {}, match[1]) };
}

function styled(text) {
  const match = STYLED.exec(text);
  if (!match) {
    return undefined;
  }
  const node = h(TAGS[match[2]]);
  append(node, match[3]);
  return { start: match.index + match[1].length, end: match.index + match[0].length, node };
}

function link(text) {
  const match = LINK.exec(text);
  return (
    match && {
      start: match.index,
      end: match.index + match[0].length,
      node: h('a', { href: match[0], target: '_blank', rel: 'noreferrer noopener' }, match[0]),
    }
  );
}

/** One line of a message, for quotes and tabs. */
export function summary(message) {
  if (message.body !== '') {
    return message.body
      .replace(/[*_~`]/g, '')
      .replace(/\s+/g, ' ')
      .slice(0, 120);
  }
  if (message.location) {
    return `📍 ${message.location.label ?? 'Location'}`;
  }
  const type = message.media[0]?.contentType ?? '';
  return type === ''
    ? 'Message'
    : type.startsWith('image/')
      ? '📷 Photo'
      : type.startsWith('audio/')
        ? '🎤 Voice message'
        : '📄 Document';
}

export function clock(iso) {
  return new Date(iso).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit', hour12: false });
}

/** `+977 980-000-0001` for people. */
export function readable(address) {
  const bare = address.replace('whatsapp:', '');
  const nepal = /^\+977(\d{3})(\d{3})(\d{4})$/.exec(bare);
  const america = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(bare);
  if (nepal) {
    return `+977 ${nepal[1]}-${nepal[2]}-${nepal[3]}`;
  }
  return america ? `+1 ${america[1]} ${america[2]} ${america[3]}` : bare;
}
