const LONGEST_ANSWER = 64 * 1024;
const MOST_TOKENS = 400;

export interface ChatModelOptions {
  /** Base URL of an OpenAI-compatible API, such as `http://127.0.0.1:11434/v1`. */
  baseUrl: string;
  apiKey: string | undefined;
  model: string;
}

/** Asks a language model for one JSON object. */
export class ChatModel {
  constructor(private readonly options: ChatModelOptions) {}

  /** @throws Error when it refuses, is late, or answers what is no JSON object */
  async ask(instructions: string, data: object, signal: AbortSignal): Promise<Record<string, unknown>> {
    const { baseUrl, apiKey, model } = this.options;
    const response = await fetch(`${baseUrl}/chat/completions`, {
      method: 'POST',
      // A redirect would take the key to somebody else.
      redirect: 'error',
      signal,
      headers: {
        'content-type': 'application/json',
        ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
      },
      body: JSON.stringify({
        model,
        temperature: 0,
        max_tokens: MOST_TOKENS,
        response_format: { type: 'json_object' },
        messages: [
          { role: 'system', content: instructions },
          { role: 'user', content: JSON.stringify(data) },
        ],
      }),
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new Error(`the model answered ${response.status}`);
    }
    return contentOf(JSON.parse(await readBounded(response)) as unknown);
  }
}

async function readBounded(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk as Uint8Array, { stream: true });
    if (text.length > LONGEST_ANSWER) {
      throw new Error('the model did not come to an end');
    }
  }
  return text;
}

function contentOf(completion: unknown): Record<string, unknown> {
  const { choices } = (completion ?? {}) as { choices?: { message?: { content?: unknown } }[] };
  const content = choices?.[0]?.message?.content;
  const answer: unknown = typeof content === 'string' ? JSON.parse(content) : undefined;
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) {
    throw new Error('the model gave no JSON object');
  }
  return answer as Record<string, unknown>;
}
