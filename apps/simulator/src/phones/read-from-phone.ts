import { BadRequestException } from '@nestjs/common';
import { Fields } from '../control/fields';
import { FROM_PHONE_KINDS, type FromPhone, type OrderedItem, type Posting } from './from-phone';
import { sampleMedia } from './sample-media';

/** The JSON of `POST /simulator/phones/:address/messages`. */
export function readFromPhone(json: unknown): { sent: FromPhone; posting: Posting } {
  const fields = new Fields(json);
  const posting: Posting = {
    repeat: Math.max(1, fields.number('repeat', 1)),
    concurrent: fields.flag('concurrent', false),
    forged: fields.flag('forged', false),
    messageSid: fields.optionalText('messageSid'),
    to: fields.optionalText('to'),
    webhookUrl: fields.optionalText('webhookUrl'),
    agoMs: fields.number('agoMs', 0),
  };
  const sent = readKind(fields);
  fields.refuseOthers();
  return { sent, posting };
}

function readKind(fields: Fields): FromPhone {
  const common = {
    quote: fields.optionalText('quote') ?? null,
    forwarded: fields.flag('forwarded', false),
    parameters: fields.texts('parameters'),
  };
  const kind = fields.oneOf('kind', FROM_PHONE_KINDS, 'text');
  switch (kind) {
    case 'text':
      return {
        kind,
        ...common,
        body: fields.text('body'),
        productRetailerId: fields.optionalText('productRetailerId'),
      };
    case 'media': {
      const contentType = fields.text('contentType', 'image/png');
      const data = fields.optionalText('data');
      const bytes = data === undefined ? sampleMedia(contentType) : Buffer.from(data, 'base64');
      return { kind, ...common, body: fields.text('body', ''), contentType, bytes };
    }
    case 'location':
      return { kind, ...common, body: '', location: readLocation(fields) };
    case 'button': {
      const title = fields.text('title');
      return { kind, ...common, body: title, title, payload: fields.text('payload', title) };
    }
    case 'list': {
      const title = fields.text('title');
      return { kind, ...common, body: title, title, id: fields.text('id') };
    }
    case 'order':
      return {
        kind,
        ...common,
        body: fields.text('body', ''),
        catalogId: fields.text('catalogId', '1'),
        items: readItems(fields.value('items')),
      };
    case 'unsupported':
      return { kind, ...common, body: '' };
  }
}

function readLocation(fields: Fields): Extract<FromPhone, { kind: 'location' }>['location'] {
  return {
    latitude: fields.text('latitude'),
    longitude: fields.text('longitude'),
    label: fields.optionalText('label') ?? null,
    address: fields.optionalText('address') ?? null,
  };
}

function readItems(value: unknown): OrderedItem[] {
  if (!Array.isArray(value) || value.length === 0) {
    throw new BadRequestException('body.items must be a list of products');
  }
  return value.map((item: unknown, index) => {
    const fields = new Fields(item, `body.items[${index}]`);
    return {
      product_retailer_id: fields.text('product_retailer_id'),
      quantity: fields.number('quantity', 1),
      item_price: fields.number('item_price', 0),
      currency: fields.text('currency', 'NPR'),
    };
  });
}
