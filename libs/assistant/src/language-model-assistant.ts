import type { Log, Metrics } from '@app/observability';
import type { Assistant, AssistantQuestion } from './assistant';
import { ChatModel, type ChatModelOptions } from './chat-model';
import { buildGraph } from './graph';

/** At most so many messages are read at once: a slow model must not gather the shop's whole mail. */
const MOST_AT_ONCE = 8;

/** A language model behind an OpenAI-compatible API. */
export class LanguageModelAssistant implements Assistant {
  readonly isThere = true;
  private atOnce = 0;
  private readonly graph: ReturnType<typeof buildGraph>;

  constructor(
    private readonly options: ChatModelOptions & { timeoutMs: number },
    private readonly metrics: Metrics,
    private readonly log: Log,
  ) {
    log.setContext(LanguageModelAssistant.name);
    this.graph = buildGraph(new ChatModel(options));
  }

  async propose(question: AssistantQuestion): Promise<unknown> {
    if (this.atOnce >= MOST_AT_ONCE) {
      this.metrics.assistantProposals.inc({ outcome: 'busy' });
      return undefined;
    }
    this.atOnce += 1;
    try {
      const signal = AbortSignal.timeout(this.options.timeoutMs);
      const proposal = await (await this.graph)(question, signal);
      this.metrics.assistantProposals.inc({ outcome: proposal === undefined ? 'none' : 'proposed' });
      return proposal;
    } catch (error) {
      const late = (error as Error).name === 'TimeoutError' || (error as Error).name === 'AbortError';
      this.metrics.assistantProposals.inc({ outcome: late ? 'late' : 'failed' });
      this.log.debug({ error: (error as Error).message }, 'The assistant proposed nothing');
      return undefined;
    } finally {
      this.atOnce -= 1;
    }
  }
}
