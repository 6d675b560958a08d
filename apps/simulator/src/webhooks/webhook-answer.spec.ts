import { readAnswer } from './webhook-answer';

describe("Twilio's reading of a webhook's answer", () => {
  it('takes an empty TwiML response for silence', () => {
    const body = '<?xml version="1.0" encoding="UTF-8"?><Response/>';
    expect(readAnswer(200, 'text/xml', body)).toEqual({ replies: [], problem: null });
  });

  it('sends a plain text answer to the shopper, even a mere OK', () => {
    expect(readAnswer(200, 'text/plain; charset=utf-8', 'OK').replies).toEqual(['OK']);
  });

  it('takes 204 for silence', () => {
    expect(readAnswer(204, undefined, '')).toEqual({ replies: [], problem: null });
  });

  it('shows the texts of TwiML messages with their entities decoded', () => {
    const body =
      '<Response><Message>A &amp; B &#x1F44D;</Message><Message><Body>2 &lt; 3</Body></Message></Response>';
    expect(readAnswer(200, 'text/xml', body).replies).toEqual(['A & B 👍', '2 < 3']);
  });

  it.each([
    ['an error status', 500, 'text/xml', '<Response/>', 11200],
    ['JSON', 200, 'application/json', '{}', 12300],
    ['no content type', 200, undefined, '<Response/>', 12300],
    ['an empty body', 200, 'text/xml', '', 11770],
    ['HTML that is no document', 200, 'text/html', 'OK', 12100],
    ['another root element', 200, 'text/xml', '<html></html>', 12102],
    ['a TwiML above 64 kB', 200, 'text/xml', `<Response>${'x'.repeat(65_537)}</Response>`, 11750],
  ])('reports %s in the debugger', (_name, status, type, body, code) => {
    expect(readAnswer(status, type, body)).toMatchObject({ replies: [], problem: { code } });
  });

  it('sends no more than ten messages of one TwiML', () => {
    const reading = readAnswer(200, 'text/xml', `<Response>${'<Message>x</Message>'.repeat(11)}</Response>`);
    expect(reading.replies).toHaveLength(10);
    expect(reading.problem?.code).toBe(14109);
  });
});
