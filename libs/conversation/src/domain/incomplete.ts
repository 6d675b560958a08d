import type { Catalogue } from '@app/catalog';
import type { Interpretation } from '@app/interpreter';
import type { Dialogue } from './dialogue';

/**
 * Whether a text that may have been a tap, a pin or a quoted number (a list of messages does not tell) means something only
 * by what was shown or asked: then the shopper is asked to send it again, because a guess could order the wrong thing.
 * @param readIn reads the same text in another state of the dialogue
 */
export function needsWhatIsMissing(
  text: string,
  meaning: Interpretation,
  catalogue: Catalogue,
  readIn: (dialogue: Dialogue) => Interpretation,
): boolean {
  switch (meaning.intent) {
    case 'confirm':
    case 'deny':
    case 'select_option':
      return true;
    case 'set_detail':
      // An address is written out; every other answer may have been a tap.
      return meaning.slot !== 'address';
    default:
      return text.trim() === '' || dependsOnList(meaning, catalogue, readIn);
  }
}

/** A number means another product in another list; what means the same in every list has named its product. */
function dependsOnList(
  meaning: Interpretation,
  { products }: Catalogue,
  readIn: (dialogue: Dialogue) => Interpretation,
): boolean {
  const skus = products.map(({ sku }) => sku);
  const turned = [...skus.slice(1), ...skus.slice(0, 1)];
  return [skus, turned].some(
    (shown) => JSON.stringify(readIn({ shown, checkout: {} })) !== JSON.stringify(meaning),
  );
}
