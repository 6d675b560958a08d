import type { OutboundContent } from '@app/messaging';

/** As long as Twilio takes it. */
const LONGEST = 1_600;

/** What an SMS says in place of a message: its text, without WhatsApp's marks for bold, and links to what it showed. */
export function smsText(body: string, content: OutboundContent | null): string {
  const links = content?.type === 'media' ? content.urls : [];
  const text = body.replace(/(?<!\w)\*([^*\n]+)\*(?!\w)/g, '$1');
  return [text, ...links].join('\n').slice(0, LONGEST);
}
