const WHATSAPP = 'whatsapp:';

/** What a message travels by: its addresses tell. */
export type Channel = 'whatsapp' | 'sms';

/** The channel of an address, the shop's or a shopper's. */
export function channelOf(address: string): Channel {
  return address.startsWith(WHATSAPP) ? 'whatsapp' : 'sms';
}

/** The address that a shopper is known by, of one that an SMS came from or goes to; any other stays as it is. */
export function whatsappAddress(address: string): string {
  return channelOf(address) === 'sms' ? WHATSAPP + address : address;
}
