import type { Budget } from './budget';
import { type BroadcastDraft, checkDraft } from './draft';

const draft = (budget: Partial<Budget>, rest: Partial<BroadcastDraft> = {}): BroadcastDraft => ({
  name: 'Tihar',
  segment: {},
  content: { type: 'text', text: 'Hello' },
  messagesPerMinute: 60,
  budget: { mostMessages: null, mostCostMinor: null, priceMinor: null, currency: 'USD', ...budget },
  ...rest,
});

describe('the plan of a broadcast', () => {
  it('needs a budget that pays for a message', () => {
    expect(checkDraft(draft({ mostMessages: 1 }))).toMatchObject({ ok: true });
    expect(checkDraft(draft({}))).toMatchObject({ refusal: { errors: [{ field: 'budget' }] } });
    expect(checkDraft(draft({ mostCostMinor: 100 }))).toMatchObject({
      refusal: { errors: [{ field: 'budget.priceMinor' }] },
    });
    expect(checkDraft(draft({ mostCostMinor: 1, priceMinor: 1.5 }))).toMatchObject({
      refusal: { errors: [{ field: 'budget', message: 'must be enough for one message' }] },
    });
  });

  it('is refused with everything that is wrong with it', () => {
    const content = { type: 'template', contentSid: 'HX', text: '{{1}}', variables: {} } as const;
    expect(checkDraft(draft({}, { segment: { orderedSince: 'soon' }, content }))).toMatchObject({
      refusal: {
        code: 'VALIDATION_FAILED',
        errors: [{ field: 'segment.orderedSince' }, { field: 'content.text' }, { field: 'budget' }],
      },
    });
  });
});
