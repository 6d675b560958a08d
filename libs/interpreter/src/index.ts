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
export { interpret } from './domain/interpret';
