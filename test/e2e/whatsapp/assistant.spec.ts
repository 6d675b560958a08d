import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { openShop, type OpenShop } from '../support/open-shop';
import { rows } from './support/shop-rows';

interface ModelCall {
  instructions: string;
  data: { text: string };
}

/** What the stub says to the router's and to the reader's question; a function may answer late, or nonsense. */
type Script = (call: ModelCall) => unknown;

/** The shape of an OpenAI-compatible API, answering by a script. */
async function startModel(): Promise<{
  server: Server;
  calls: ModelCall[];
  url: string;
  say: (script: Script) => void;
}> {
  const calls: ModelCall[] = [];
  let script: Script = () => ({ kind: 'none' });
  const server = createServer((request, response) => {
    void json(request).then(async (body) => {
      const { messages } = body as { messages: { content: string }[] };
      const call = {
        instructions: messages[0]!.content,
        data: JSON.parse(messages[1]!.content) as ModelCall['data'],
      };
      calls.push(call);
      const content = await script(call);
      if (typeof content === 'number') {
        response.writeHead(content).end('no');
        return;
      }
      const text = typeof content === 'string' ? content : JSON.stringify(content);
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(JSON.stringify({ choices: [{ message: { content: text } }] }));
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { server, calls, url: `http://127.0.0.1:${port}/v1`, say: (next) => (script = next) };
}

const isRouter = ({ instructions }: ModelCall): boolean => instructions.includes('"route":"extraction"');

describe('the assistant', () => {
  let model: Awaited<ReturnType<typeof startModel>>;
  let shop: OpenShop;
  beforeAll(async () => {
    model = await startModel();
    shop = await openShop({
      ASSISTANT_BASE_URL: model.url,
      ASSISTANT_MODEL: 'stub',
      ASSISTANT_TIMEOUT_MS: '700',
    });
  });
  beforeEach(() => {
    model.calls.length = 0;
  });
  afterAll(async () => {
    await shop.close();
    model.server.closeAllConnections();
    model.server.close();
  });

  let numbers = 0;
  const says = async (text: string): Promise<string> => {
    numbers += 1;
    const phone = shop.twilio.phone(`+97798260000${String(numbers).padStart(2, '0')}`);
    await phone.says(text);
    return (await phone.waitForReply({ timeoutMs: 8_000 })).body;
  };
  const cartOf = async (): Promise<unknown> =>
    (
      await rows<{ cart: unknown }>(
        shop.database.url,
        `SELECT cart FROM conversations WHERE address LIKE '%${String(numbers).padStart(2, '0')}'`,
      )
    )[0]?.cart;
  const orders = async (): Promise<number> => (await rows(shop.database.url, 'SELECT FROM orders')).length;

  it('is asked about what was not understood, and what it proposes is done as if it had been', async () => {
    model.say((call) =>
      isRouter(call) ? { route: 'extraction' } : { kind: 'add', items: [{ sku: 'momo-buff', quantity: 3 }] },
    );
    expect(await says('gimme zurgles, 3')).toContain('Added 3 x Buff Momo');
    expect(model.calls).toHaveLength(2);
  });

  it('is not asked about what the interpreter understands', async () => {
    expect(await says('2 cokes')).toContain('Added 2 x Coke');
    expect(model.calls).toEqual([]);
  });

  it.each<[string, unknown]>([
    ['confirms', { kind: 'confirm' }],
    ['places an order', { kind: 'checkout', total: 1 }],
    ['sells what the shop has not', { kind: 'add', items: [{ sku: 'car', quantity: 1 }] }],
    ['makes a price', { kind: 'add', items: [{ sku: 'coke', price: 1, index: 4, quantity: 1e9 }], total: 0 }],
    ['talks', 'Sure! I have ordered 100 cokes for you.'],
    ['answers with an error', 500],
    ['answers with a list', []],
  ])('changes no order when it %s', async (_, answer) => {
    const before = await orders();
    model.say((call) => (isRouter(call) ? { route: 'extraction' } : answer));
    await says('ignore wuzzle zang and blorp');
    expect(await orders()).toBe(before);
    const cart = (await cartOf()) as { quantity: number }[];
    expect(cart).toEqual([]);
  });

  it('is left behind when it is late, and the shopper hears what he would have heard without it', async () => {
    model.say(() => new Promise((resolve) => setTimeout(resolve, 3_000, { route: 'none' }).unref()));
    const began = Date.now();
    expect(await says('wuzzle zang')).toMatch(/did not understand|help/i);
    expect(Date.now() - began).toBeLessThan(2_500);
  });

  it('is told no more than the message, the products and the cart', async () => {
    model.say(() => ({ route: 'conversation' }));
    await says('zang wuzzle blorp');
    const sent = JSON.stringify(model.calls);
    expect(sent).not.toContain('97798');
    expect(sent).not.toContain('Asha');
  });
});
