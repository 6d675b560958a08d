/** Builds an element. Text always goes in as text, so nothing that a message says becomes markup. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (value === true) {
      element.setAttribute(name, '');
    } else if (value !== false && value !== null && value !== undefined) {
      element.setAttribute(name, value);
    }
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const SVG = 'http://www.w3.org/2000/svg';

export function icon(path, viewBox = '0 0 24 24') {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', viewBox);
  svg.setAttribute('aria-hidden', 'true');
  for (const d of [].concat(path)) {
    const line = document.createElementNS(SVG, 'path');
    line.setAttribute('d', d);
    svg.append(line);
  }
  return svg;
}

export const icons = {
  send: 'M4 12 20 4l-5 16-3.500-6.500zM11.500 13.500 20 4',
  attach: 'M12 5v14M5 12h14',
  close: 'M6 6l12 12M18 6 6 18',
  more: 'M12 5.500v.01M12 12v.01M12 18.500v.01',
  pin: ['M12 21s7-6.300 7-11.500A7 7 0 0 0 5 9.500C5 14.700 12 21 12 21z', 'M12 9.500v.01'],
  picture: ['M4 5h16v14H4z', 'm4 16 5-5 4 4 3-3 4 4', 'M15.500 9v.01'],
  file: ['M6 3h8l4 4v14H6z', 'M14 3v4h4'],
  voice: [
    'M12 4a2.500 2.500 0 0 1 2.500 2.500v5a2.500 2.500 0 0 1-5 0v-5A2.500 2.500 0 0 1 12 4z',
    'M6.500 11a5.500 5.500 0 0 0 11 0M12 16.500V20',
  ],
  list: 'M5 7h.01M9 7h10M5 12h.01M9 12h10M5 17h.01M9 17h10',
  link: 'M9 15 19 5M12 5h7v7M15 14v5H5V9h5',
  reply: 'M10 6 4 12l6 6M4 12h9a7 7 0 0 1 7 7',
  alert: 'M12 7v6M12 16.500v.01',
};

export function iconButton(label, path, onclick, testId) {
  return h(
    'button',
    { type: 'button', class: 'icon-button', 'aria-label': label, 'data-testid': testId, onclick },
    icon(path),
  );
}
