import type { Element } from './element';
import type { Message } from './message';

/** Words that are left aside tell nothing; part of a name tells less than all of it. */
function shareOf(element: Element): number {
  if (element.kind === 'unknown') {
    return 0;
  }
  return element.kind === 'product' && !element.mention.whole ? 0.5 : 1;
}

/** How much of a message was understood, from 0 to 1 in hundredths: of what it says, what is explained. */
export function confidenceOf({ elements }: Message): number {
  const said = elements.filter(({ kind }) => kind !== 'break' && kind !== 'question' && kind !== 'emoji');
  const understood = said.reduce((sum, element) => sum + shareOf(element), 0);
  return said.length === 0 ? 0 : Math.round((understood / said.length) * 100) / 100;
}
