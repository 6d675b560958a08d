import { NO_EXTRAS, type MessageButton, type MessageExtras, type MessageList } from '../messages/message';

type Json = Readonly<Record<string, unknown>>;

export interface ContentTypes {
  readonly types: Json;
  /** Sample values: Twilio silently falls back on them when a variable is not given. */
  readonly variables: Readonly<Record<string, string>>;
}

export interface RenderedContent {
  readonly body: string;
  readonly extras: MessageExtras;
}

/** WhatsApp shows the richest type that it supports; `twilio/text` is the last resort. */
const RICHEST_FIRST = [
  'twilio/list-picker',
  'twilio/quick-reply',
  'twilio/card',
  'twilio/call-to-action',
  'twilio/media',
  'twilio/location',
  'twilio/text',
] as const;

export function renderContent(
  content: ContentTypes,
  variables: Readonly<Record<string, string>>,
): RenderedContent {
  const name = RICHEST_FIRST.find((type) => isJson(content.types[type]));
  const type = name === undefined ? {} : asJson(content.types[name]);
  const fill = (value: unknown): string => fillIn(value, { ...content.variables, ...variables });
  const body = fill(type['body'] ?? type['title']);
  const extras: MessageExtras = {
    ...NO_EXTRAS,
    buttons: asList(type['actions']).map((action) => toButton(action, fill)),
    list: name === 'twilio/list-picker' ? toList(type, fill) : null,
    media: (Array.isArray(type['media']) ? type['media'] : [])
      .map(fill)
      .map((url) => ({ sid: null, url, contentType: 'image/jpeg' })),
    location: name === 'twilio/location' ? toLocation(type, fill) : null,
  };
  return { body: name === 'twilio/location' ? '' : body, extras };
}

function fillIn(value: unknown, variables: Readonly<Record<string, string>>): string {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  return text.replace(
    /\{\{\s*([^\s{}]+)\s*\}\}/g,
    (placeholder, key: string) => variables[key] ?? placeholder,
  );
}

function toButton(action: Json, fill: (value: unknown) => string): MessageButton {
  const title = fill(action['title']);
  const url = action['url'] === undefined ? null : fill(action['url']);
  return { kind: url === null ? 'reply' : 'link', id: fill(action['id']) || title, title, url };
}

function toList(type: Json, fill: (value: unknown) => string): MessageList {
  return {
    button: fill(type['button']),
    items: asList(type['items']).map((item) => ({
      id: fill(item['id']),
      title: fill(item['item']),
      description: fill(item['description']) || null,
    })),
  };
}

function toLocation(type: Json, fill: (value: unknown) => string): MessageExtras['location'] {
  return {
    latitude: fill(type['latitude']),
    longitude: fill(type['longitude']),
    label: fill(type['label']) || null,
    address: fill(type['address']) || null,
  };
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function asJson(value: unknown): Json {
  return isJson(value) ? value : {};
}

function asList(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}
