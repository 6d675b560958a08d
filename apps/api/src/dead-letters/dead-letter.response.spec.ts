import type { DeadLetter } from '@app/inbox';
import { toDeadLetterResponse, toDeadLetterSummaryResponse } from './dead-letter.response';

const letter: DeadLetter = {
  id: '42',
  sid: `SM${'1'.repeat(32)}`,
  source: 'webhook',
  address: 'whatsapp:+9779800000001',
  sender: 'whatsapp:+14155238886',
  status: 'dead',
  attempts: 5,
  replays: 0,
  writtenSince: false,
  lastError: `Error: no route to +9779800000001\nat all\n    at send (sender.ts:1:1)\n    at run (worker.ts:2:2)`,
  correlationId: 'c-1',
  receivedAt: new Date(0),
  diedAt: new Date(7_600),
};

describe('a dead letter', () => {
  it('shows address, error and stack to whoever inspects it', () => {
    expect(toDeadLetterResponse(letter)).toMatchObject({
      from: 'whatsapp:+9779800000001',
      error: 'Error: no route to +9779800000001\nat all',
      stack: letter.lastError,
      diedAt: '1970-01-01T00:00:07.600Z',
    });
  });

  it('tells nobody in a list who the shopper is', () => {
    const summary = toDeadLetterSummaryResponse(letter);

    expect(summary).toMatchObject({
      from: 'whatsapp:+977********01',
      error: 'Error: no route to +977********01\nat all',
    });
    expect(summary).not.toHaveProperty('stack');
  });

  it('is short in a list, and cuts no number so that its digits show', () => {
    const long = `Error: ${'x'.repeat(180)} +9779800000001`;
    const { error } = toDeadLetterSummaryResponse({ ...letter, lastError: long });

    expect(error).toHaveLength(200);
    expect(error).not.toContain('97798');
  });

  it('has no error once a replay has mended it', () => {
    const mended: DeadLetter = { ...letter, status: 'processed', lastError: null, diedAt: null };

    expect(toDeadLetterResponse(mended)).toMatchObject({ error: null, stack: null, diedAt: null });
  });
});
