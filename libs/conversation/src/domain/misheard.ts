import type { ReviewKind } from '@app/review';
import type { InboundContent } from '@app/messaging';
import type { Heard } from './answer';
import type { Dialogue } from './dialogue';
import type { Step } from './turn';

/** What a message tells of how the shop understands. */
export interface MisheardMessage {
  kind: ReviewKind;
  text: string;
  meaning: object;
}

const CORRECTIONS: ReadonlySet<string> = new Set(['undo', 'set_quantity', 'replace_item', 'remove_items']);

/** Whether something was not understood, or puts right what the message before was taken for. */
export function misheardIn(
  content: InboundContent,
  { meaning, stand: { dialogue } }: Heard,
): MisheardMessage | undefined {
  if (CORRECTIONS.has(meaning.intent) && dialogue.heard !== undefined) {
    return { kind: 'corrected', text: dialogue.heard, meaning };
  }
  if (content.type !== 'text') {
    return undefined;
  }
  const { text } = content;
  if (meaning.intent === 'other' && meaning.kind === 'unknown') {
    return { kind: 'not_understood', text, meaning };
  }
  const unknown =
    meaning.intent === 'clarify'
      ? meaning.unknown
      : meaning.intent === 'add_items'
        ? meaning.extras?.unknown
        : undefined;
  return unknown !== undefined && unknown.length > 0 ? { kind: 'unclear', text, meaning } : undefined;
}

/** The next message may correct this one, where it changed the cart. */
export function withHeard(content: InboundContent, { stand }: Heard, step: Step): Step {
  const dialogue: Dialogue = { ...step.dialogue };
  delete dialogue.heard;
  const changed = step.cart !== stand.cart && content.type === 'text';
  return { ...step, dialogue: changed ? { ...dialogue, heard: content.text } : dialogue };
}
