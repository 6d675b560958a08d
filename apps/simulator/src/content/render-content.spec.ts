import { renderContent } from './render-content';

describe('rendering a template', () => {
  const content = {
    variables: { 1: 'you', total: 'Rs. 0' },
    types: {
      'twilio/text': { body: 'Hello {{1}}' },
      'twilio/list-picker': {
        body: 'Hello {{1}}, {{ total }}',
        button: 'See {{what}}',
        items: [{ id: 'momo', item: 'Momo', description: '{{total}}' }],
      },
    },
  };

  it('shows the richest type and fills its variables in', () => {
    const { body, extras } = renderContent(content, { 1: 'Asha', total: 'Rs. 180', what: 'dishes' });
    expect(body).toBe('Hello Asha, Rs. 180');
    expect(extras.list).toEqual({
      button: 'See dishes',
      items: [{ id: 'momo', title: 'Momo', description: 'Rs. 180' }],
    });
  });

  it('falls back on the sample values without a word, as Twilio does', () => {
    expect(renderContent(content, {}).body).toBe('Hello you, Rs. 0');
  });

  it('shows plain text when there is nothing richer', () => {
    expect(renderContent({ variables: {}, types: { 'twilio/text': { body: 'hi' } } }, {})).toMatchObject({
      body: 'hi',
      extras: { buttons: [], list: null, media: [], location: null },
    });
  });

  it('tells reply buttons from links', () => {
    const actions = [
      { type: 'QUICK_REPLY', title: 'Yes', id: 'y' },
      { type: 'URL', title: 'Track', url: 'https://shop.example/{{1}}' },
    ];
    const types = { 'twilio/card': { title: 'Order', actions } };
    expect(renderContent({ variables: {}, types }, { 1: '7' }).extras.buttons).toEqual([
      { kind: 'reply', id: 'y', title: 'Yes', url: null },
      { kind: 'link', id: 'Track', title: 'Track', url: 'https://shop.example/7' },
    ]);
  });
});
