/** The simulator's control API. */
async function call(method, path, body) {
  const response = await fetch(`/simulator${path}`, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  const answer = text === '' ? undefined : JSON.parse(text);
  if (!response.ok) {
    throw new Error(answer?.message ?? `The simulator answered ${response.status}`);
  }
  return answer;
}

const phonePath = (address) => `/phones/${encodeURIComponent(address)}`;

export const api = {
  state: () => call('GET', ''),
  phones: () => call('GET', '/phones'),
  addPhone: (phone) => call('POST', '/phones', phone),
  changePhone: (address, changes) => call('PATCH', phonePath(address), changes),
  removePhone: (address) => call('DELETE', phonePath(address)),
  chat: (address) => call('GET', `${phonePath(address)}/messages`),
  send: (address, message) => call('POST', `${phonePath(address)}/messages`, message),
  read: (address) => call('POST', `${phonePath(address)}/read`),
  templates: () => call('GET', '/templates'),
  webhooks: () => call('GET', '/webhooks'),
  faults: () => call('GET', '/faults'),
  setFaults: (faults) => call('PUT', '/faults', faults),
};

/** `onEvent` for each event, `onOpen` at the start and after every lost connection: something may have been missed. */
export function listen(onEvent, onOpen) {
  const source = new EventSource('/simulator/events');
  source.addEventListener('open', onOpen);
  source.addEventListener('message', (event) => onEvent(JSON.parse(event.data)));
}
