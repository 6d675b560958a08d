import { Senders } from '@app/config';
import { testSettings } from '@app/testing';
import type { TwilioClients } from './twilio-clients';
import { TwilioMessageArchive } from './twilio-message-archive';

const SENDER = 'whatsapp:+14155238886';
const TO = 'whatsapp:+9779800000001';
const SINCE = new Date('2026-11-21T10:00:00Z');
const sid = (digit: string): string => `SM${digit.repeat(32)}`;
const entry = (digit: string, time: string, more: object = {}): object => ({
  sid: sid(digit),
  direction: 'outbound-api',
  body: 'hi',
  status: 'sent',
  error_code: null,
  date_created: `Sat, 21 Nov 2026 ${time} +0000`,
  ...more,
});

describe('looking for what one recipient was sent', () => {
  let asked: URL[];
  /** Answers the pages one after the other. */
  const archiveOf = (...pages: { status?: number; body: object }[]): TwilioMessageArchive => {
    asked = [];
    const client = {
      request: ({ uri }: { uri: string }) => {
        const { status = 200, body } = pages[asked.length]!;
        asked.push(new URL(uri));
        return Promise.resolve({ statusCode: status, body });
      },
    };
    const settings = testSettings('postgres://none');
    const clients = { ofSender: () => client } as unknown as TwilioClients;
    return new TwilioMessageArchive(settings, new Senders(settings), clients);
  };

  it('asks for the pair of addresses and no date, because what is still queued there has none', async () => {
    const archive = archiveOf({
      body: {
        messages: [entry('2', '10:00:05', { status: 'queued' }), entry('1', '10:00:00')],
        next_page_uri: null,
      },
    });
    expect(await archive.listSent(SENDER, TO, SINCE)).toEqual({
      kind: 'found',
      value: [
        {
          sid: sid('2'),
          body: 'hi',
          status: 'queued',
          errorCode: null,
          createdAt: new Date('2026-11-21T10:00:05Z'),
        },
        { sid: sid('1'), body: 'hi', status: 'sent', errorCode: null, createdAt: SINCE },
      ],
    });
    expect(Object.fromEntries(asked[0]!.searchParams)).toEqual({ To: TO, From: SENDER, PageSize: '200' });
  });

  it('reads on until a page ends before the time, and leaves out what is no message of ours', async () => {
    const archive = archiveOf(
      {
        body: {
          messages: [entry('4', '10:00:09'), entry('3', '10:00:08', { direction: 'inbound' })],
          next_page_uri: '/2',
        },
      },
      {
        body: {
          messages: [entry('2', '10:00:07', { date_created: '' }), entry('1', '09:59:59')],
          next_page_uri: '/3',
        },
      },
    );
    const found = await archive.listSent(SENDER, TO, SINCE);
    expect(found.kind === 'found' && found.value.map((message) => message.sid)).toEqual([sid('4'), sid('2')]);
  });

  it.each([
    [404, 'absent'],
    [500, 'unavailable'],
  ])('gives nothing when any page is answered %i: half a list proves nothing', async (status, kind) => {
    const archive = archiveOf(
      { body: { messages: [entry('1', '10:00:09')], next_page_uri: '/2' } },
      { status, body: {} },
    );
    expect((await archive.listSent(SENDER, TO, SINCE)).kind).toBe(kind);
  });
});
