export interface SimulatorSettings {
  host: string;
  /** 0 takes any free port. */
  port: number;
  accountSid: string;
  authToken: string;
  apiKey?: { sid: string; secret: string } | undefined;
  /** The shop's address, `whatsapp:+14155238886`. */
  sender: string;
  furtherSenders?: readonly FurtherSender[] | undefined;
  shopName: string;
  /** Where a shopper's messages are posted; may be empty and set later by the control API. May carry `#rc=…&rp=…`. */
  webhookUrl: string;
  fallbackUrl?: string | undefined;
  /** The sender's own status callback, used when a message names none. */
  statusCallbackUrl?: string | undefined;
  timings?: Partial<Timings> | undefined;
  keep?: Partial<Retention> | undefined;
}

/** One more number of the shop, of the same account or of another one. */
export interface FurtherSender {
  address: string;
  name?: string | null | undefined;
  accountSid: string;
  authToken: string;
  apiKey?: { sid: string; secret: string } | undefined;
}

/** How long a message stays in each state before it moves on, in milliseconds. */
export interface Timings {
  sentMs: number;
  deliveredMs: number;
  readMs: number;
}

/** Memory is bounded: the oldest messages are forgotten first. */
export interface Retention {
  perPhone: number;
  total: number;
}

export const SIMULATOR_SETTINGS = Symbol('SIMULATOR_SETTINGS');
