import { api } from './api.mjs';
import { h } from './dom.mjs';

const NO_WHATSAPP = 63024;

/** Without WhatsApp a phone writes by SMS, and an SMS is answered by SMS. */
export const writesBySms = (phone, quoted) =>
  phone.fails?.errorCode === NO_WHATSAPP || quoted?.channel === 'sms';

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
  const failure = (label, errorCode) =>
    toggle(label, phone.fails?.errorCode === errorCode, (on) => ({ fails: on ? { errorCode } : null }));
  return [
    toggle('Read receipts', phone.readsAutomatically, (on) => ({ readsAutomatically: on })),
    toggle('Phone is on', phone.online, (on) => ({ online: on })),
    toggle('24-hour window is open', !phone.windowClosed, (on) => ({ windowClosed: !on })),
    failure('No WhatsApp, only SMS (63024)', NO_WHATSAPP),
    failure('Shop is blocked (63014)', 63014),
  ];
}
