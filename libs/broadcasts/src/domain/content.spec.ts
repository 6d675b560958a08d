import fc from 'fast-check';
import { type BroadcastContent, checkContent, personalise, type RecipientFacts } from './content';

const contentSid = `HX${'0'.repeat(32)}`;
const offer: BroadcastContent = {
  type: 'template',
  contentSid,
  text: 'Hello {{1}}, your order {{2}} was {{3}}. {{4}}',
  variables: {
    1: { field: 'name', fallback: 'friend' },
    2: { field: 'last_order_number', fallback: 'of last time' },
    3: { field: 'last_order_total', fallback: 'lovely' },
    4: { text: '20 % off today' },
  },
};
const known: RecipientFacts = {
  name: 'Asha',
  lastOrder: { number: '1042', totalMinor: 18_000, currency: 'NPR' },
};

describe('the content of a broadcast', () => {
  it('fills a template with what is known of a recipient, and tells its words to our record', () => {
    expect(personalise(offer, known)).toEqual({
      body: 'Hello Asha, your order 1042 was Rs. 180. 20 % off today',
      content: {
        type: 'template',
        contentSid,
        variables: { 1: 'Asha', 2: '1042', 3: 'Rs. 180', 4: '20 % off today' },
      },
    });
  });

  it('says something else to somebody of whom nothing is known', () => {
    expect(personalise(offer, { name: ' \n', lastOrder: null }).body).toBe(
      'Hello friend, your order of last time was lovely. 20 % off today',
    );
  });

  it('is a text as it is, where there is no template', () => {
    expect(personalise({ type: 'text', text: 'Momos {{1}}' }, known)).toEqual({
      body: 'Momos {{1}}',
      content: null,
    });
  });

  it('never has an empty or broken variable, whatever a shopper calls themselves', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), (name) => {
        const { body, content } = personalise(offer, { name, lastOrder: null });
        const values = content?.type === 'template' ? Object.values(content.variables) : [];
        expect(values).toHaveLength(4);
        for (const value of values) {
          expect(value).toMatch(/^\S(.*\S)?$/s);
          expect(value).not.toMatch(/[\n\r\t]| {2}/);
        }
        expect(Array.from(body).length).toBeLessThanOrEqual(1_600);
      }),
    );
  });

  it('is refused where a placeholder has no value, or a value or fallback is empty', () => {
    expect(checkContent(offer)).toEqual([]);
    expect(
      checkContent({
        ...offer,
        text: 'Hello {{1}} {{2}}',
        variables: { 1: { field: 'name', fallback: ' ' }, 3: { text: '' } },
      }),
    ).toEqual([
      { field: 'content.text', message: '{{2}} needs a value in content.variables' },
      { field: 'content.variables.1', message: 'must not be empty, nor its fallback' },
      { field: 'content.variables.3', message: 'must not be empty, nor its fallback' },
    ]);
  });
});
