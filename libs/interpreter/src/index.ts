export type { CatalogueProduct, CatalogueView } from './domain/catalogue';
export type {
  ItemLine,
  Interpretation,
  Meaning,
  LineExtras,
  Problem,
  DetailSlot,
  QuestionTopic,
} from './domain/interpretation';
export type { CartLine, Expectation, InterpreterInput } from './domain/input';
export { acceptProposal } from './domain/accept-proposal';
export { interpret, warmUp } from './domain/interpret';
export { answerUtterance, type Utterance } from './domain/utterance';
