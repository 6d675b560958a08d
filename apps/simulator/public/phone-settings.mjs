import { api } from './api.mjs';
import { h } from './dom.mjs';

/** What can be set on a phone: each switch changes it in the simulator, which tells every page. */
export function phoneSettings(phone) {
  const toggle = (label, checked, changes) => {
    const input = h('input', {
      type: 'checkbox',
      role: 'switch',
      onchange: () => api.changePhone(phone.address, changes(input.checked)),
    });
    input.checked = checked;
    return h('label', { class: 'switch' }, input, h('span', {}, label));
  };
  return [
    toggle('Read receipts', phone.readsAutomatically, (on) => ({ readsAutomatically: on })),
    toggle('Phone is on', phone.online, (on) => ({ online: on })),
    toggle('24-hour window is open', !phone.windowClosed, (on) => ({ windowClosed: !on })),
    toggle('Shop is blocked (63014)', phone.fails !== null, (on) => ({
      fails: on ? { errorCode: 63014 } : null,
    })),
  ];
}
