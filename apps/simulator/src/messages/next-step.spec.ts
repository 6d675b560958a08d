import { canMove, firstStatus, MESSAGE_TRANSITIONS, type MessageStatus } from './message-status';
import { nextStep } from './next-step';

const phoneNumber = 'whatsapp:+9779800000001';
const timings = { sentMs: 1, deliveredMs: 2, readMs: 3 };
const phone = { fails: null, online: true, readsAutomatically: true, windowClosed: false };

function walk(
  from: MessageStatus,
  circumstances: typeof phone | object,
  contentSid: string | null = null,
  to = phoneNumber,
): string[] {
  const seen: string[] = [from];
  let status = from;
  for (;;) {
    const step = nextStep(
      { status, contentSid, sendAt: null, to },
      { ...phone, ...circumstances },
      timings,
      0,
    );
    if (!step) {
      return seen;
    }
    expect(canMove(status, step.status)).toBe(true);
    status = step.status;
    seen.push(step.errorCode === null ? status : `${status} ${step.errorCode}`);
  }
}

describe("a message's way", () => {
  it('ends read on a phone that reads by itself', () => {
    expect(walk('queued', {})).toEqual(['queued', 'sent', 'delivered', 'read']);
  });

  it('passes through queued when a Messaging Service accepted it', () => {
    expect(walk('accepted', {})).toEqual(['accepted', 'queued', 'sent', 'delivered', 'read']);
  });

  it('rests at delivered when receipts are off, and at sent when the phone is off', () => {
    expect(walk('queued', { readsAutomatically: false }).at(-1)).toBe('delivered');
    expect(walk('queued', { online: false }).at(-1)).toBe('sent');
  });

  it('fails as the phone was told to', () => {
    expect(walk('queued', { fails: { status: 'failed', errorCode: 63024 } })).toEqual([
      'queued',
      'failed 63024',
    ]);
    expect(walk('queued', { fails: { status: 'undelivered', errorCode: 63003 } })).toEqual([
      'queued',
      'sent',
      'undelivered 63003',
    ]);
  });

  it('comes back as 63016 outside the window, unless it is a template', () => {
    expect(walk('queued', { windowClosed: true }).at(-1)).toBe('undelivered 63016');
    expect(walk('queued', { windowClosed: true }, 'HX1').at(-1)).toBe('read');
  });

  it('waits until its time when scheduled, never longer than a timer can', () => {
    const scheduled = { status: 'scheduled', contentSid: null, sendAt: 5_000, to: phoneNumber } as const;
    expect(nextStep(scheduled, phone, timings, 1_000)).toMatchObject({ status: 'queued', delayMs: 4_000 });
    expect(nextStep({ ...scheduled, sendAt: 3e9 }, phone, timings, 0)?.delayMs).toBe(2_147_483_647);
  });

  it('starts where Twilio starts it', () => {
    expect(firstStatus({ messagingService: false, scheduled: false })).toBe('queued');
    expect(firstStatus({ messagingService: true, scheduled: false })).toBe('accepted');
    expect(firstStatus({ messagingService: true, scheduled: true })).toBe('scheduled');
  });

  it('can only be canceled before it was sent', () => {
    const cancelable = Object.entries(MESSAGE_TRANSITIONS).filter(([, targets]) =>
      targets.includes('canceled'),
    );
    expect(cancelable.map(([status]) => status)).toEqual(['accepted', 'scheduled', 'queued']);
  });

  it('of an SMS needs no WhatsApp, no open window, and ends delivered', () => {
    const circumstances = { fails: { status: 'undelivered', errorCode: 63024 }, windowClosed: true };
    expect(walk('queued', circumstances, null, '+9779800000001')).toEqual(['queued', 'sent', 'delivered']);
    expect(walk('queued', { online: false }, null, '+9779800000001').at(-1)).toBe('sent');
  });
});
