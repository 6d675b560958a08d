import { SegmentedMessage } from 'sms-segments-calculator';

/** How many SMS a text is billed as: by Twilio's own reading of GSM-7 and UCS-2. */
export function segmentsOf(text: string): number {
  return new SegmentedMessage(text).segmentsCount;
}
