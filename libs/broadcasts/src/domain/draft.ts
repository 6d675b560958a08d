import { type FieldError, ok, refuse, type Result } from '@app/kernel';
import { type Budget, mostMessages } from './budget';
import { type BroadcastContent, checkContent } from './content';
import { checkSegment, type Segment } from './segment';

/** A broadcast as staff plan it. */
export interface BroadcastDraft {
  /** For staff; shoppers never see it. */
  name: string;
  /** The sender that says it, to those who wrote to it; the shop's first where none is named. */
  sender?: string | undefined;
  segment: Segment;
  content: BroadcastContent;
  messagesPerMinute: number;
  budget: Budget;
}

/** Refuses with VALIDATION_FAILED and every field that is wrong, so that what is stored can be carried out. */
export function checkDraft(draft: BroadcastDraft): Result<BroadcastDraft> {
  const errors = [
    ...checkSegment(draft.segment),
    ...checkContent(draft.content),
    ...checkBudget(draft.budget),
  ];
  return errors.length === 0
    ? ok(draft)
    : refuse('VALIDATION_FAILED', 'The broadcast cannot be carried out as it is.', errors);
}

function checkBudget(budget: Budget): FieldError[] {
  if (budget.mostMessages === null && budget.mostCostMinor === null) {
    return [{ field: 'budget', message: 'must say mostMessages, mostCostMinor, or both' }];
  }
  if (budget.mostCostMinor !== null && budget.priceMinor === null) {
    return [{ field: 'budget.priceMinor', message: 'must be given beside mostCostMinor' }];
  }
  return mostMessages(budget) < 1 ? [{ field: 'budget', message: 'must be enough for one message' }] : [];
}
