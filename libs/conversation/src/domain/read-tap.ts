import type { Cart } from '@app/cart';
import type { Meaning } from '@app/interpreter';
import type { Dialogue } from './dialogue';
import { isCheckingOut } from './handlers/checkout';
import { mainMenuEntries } from './messages/main-menu';

const TAP = /^(menu|fulfilment):(\w+):(\d{1,9})$/;

/**
 * What a tap on a menu of ours means, by its id. An old one, of a cart or a question that is no more, changes nothing: it is
 * answered by how things stand. Undefined for other taps, which are read by their words.
 */
export function readTap(id: string, dialogue: Dialogue, cart: Cart): Meaning | undefined {
  const [, menu, choice = '', version] = TAP.exec(id) ?? [];
  if (menu === 'menu') {
    // An entry of the main menu shows what is now, whenever it is tapped.
    const position = mainMenuEntries.findIndex((entry) => entry === choice);
    return position < 0 ? undefined : { intent: 'select_option', option: position + 1 };
  }
  if (menu !== 'fulfilment' || (choice !== 'delivery' && choice !== 'pickup')) {
    return undefined;
  }
  if (dialogue.expecting === 'fulfilment' && version === String(cart.version)) {
    return { intent: 'set_detail', slot: 'fulfilment', value: choice };
  }
  return { intent: isCheckingOut(dialogue) ? 'checkout' : 'view_cart' };
}
