import type { AssistantQuestion } from './assistant';
import type { ChatModel } from './chat-model';
import { CONVERSATION, CRM, EXTRACTION, ROUTER } from './instructions';

const READERS = { extraction: EXTRACTION, conversation: CONVERSATION, crm: CRM } as const;
type Reader = keyof typeof READERS;

/**
 * Reads a message in two steps: a router says what it is about, a reader of such messages proposes what it means. The library
 * takes long to load: a process without an assistant starts without it.
 */
export async function buildGraph(
  model: ChatModel,
): Promise<(question: AssistantQuestion, signal: AbortSignal) => Promise<unknown>> {
  const { Annotation, END, START, StateGraph } = await import('@langchain/langgraph');
  const State = Annotation.Root({
    question: Annotation<AssistantQuestion>,
    route: Annotation<unknown>,
    proposal: Annotation<unknown>,
  });
  const reader =
    (name: Reader) =>
    async ({ question }: typeof State.State, { signal }: { signal: AbortSignal }) => ({
      proposal: await model.ask(READERS[name], question, signal),
    });
  const graph = new StateGraph(State)
    .addNode('router', async ({ question: { text, expecting } }, { signal }) => ({
      route: (await model.ask(ROUTER, { text, expecting }, signal))['route'],
    }))
    .addNode('extraction', reader('extraction'))
    .addNode('conversation', reader('conversation'))
    .addNode('crm', reader('crm'))
    .addEdge(START, 'router')
    .addConditionalEdges('router', ({ route }) => (isReader(route) ? route : END), [
      'extraction',
      'conversation',
      'crm',
      END,
    ])
    .addEdge('extraction', END)
    .addEdge('conversation', END)
    .addEdge('crm', END)
    .compile();
  return async (question, signal) => (await graph.invoke({ question }, { signal })).proposal;
}

function isReader(route: unknown): route is Reader {
  return typeof route === 'string' && Object.hasOwn(READERS, route);
}
