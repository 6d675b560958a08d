import { api } from './api.mjs';
import { bubble } from './bubble.mjs';
import { h } from './dom.mjs';
import { heading } from './panels.mjs';

/** A preview is to look at. */
const IDLE = { quote: () => undefined, tap: () => undefined, pick: () => undefined };

/** The shop's templates as a phone would show them. */
export function templatePanel(element, close) {
  const rows = h('div', {});
  const empty = h(
    'p',
    { class: 'muted small' },
    'None yet: “npx --no pasal templates create” makes those of the project.',
  );
  element.append(heading('Templates', close), empty, rows);
  return {
    async refresh() {
      const templates = await api.templates();
      empty.hidden = templates.length > 0;
      rows.replaceChildren(...templates.map(preview));
    },
  };
}

function preview(template) {
  const message = {
    ...template,
    author: 'shop',
    at: new Date().toISOString(),
    status: 'read',
    quotedSid: null,
  };
  const items = (template.list?.items ?? []).map(({ title, description }) =>
    h('li', {}, title, description && h('small', { class: 'muted' }, description)),
  );
  return h(
    'section',
    { class: 'template', 'data-testid': 'template', 'data-name': template.name },
    h('b', {}, template.name),
    h(
      'small',
      { class: 'muted' },
      `${template.language}, ${template.approved ? 'approved' : 'answers only'}`,
    ),
    bubble(message, undefined, 'read', IDLE),
    items.length > 0 && h('ul', { class: 'template-items' }, ...items),
  );
}
