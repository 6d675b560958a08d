import type { Fulfilment, OrderStatus, Payment } from '@app/orders';

/** Everything Pasal says, in one language. A new language is a new file that fulfils this. */
export interface Texts {
  /** Choices of the main menu, in its order. */
  mainMenu: {
    welcome: (shop: string) => string;
    choices: {
      products: string;
      cart: string;
      checkout: string;
      orders: string;
      help: string;
      person: string;
    };
    prompt: string;
  };
  list: {
    heading: string;
    outOfStock: string;
    more: string;
    prompt: string;
    end: string;
    empty: string;
    nothingInCategory: (category: string) => string;
  };
  cart: {
    heading: string;
    empty: string;
    total: (money: string) => string;
    added: (quantity: string, name: string, money: string) => string;
    nowIs: (quantity: string, name: string, money: string) => string;
    removed: (name: string) => string;
    notInCart: (name: string) => string;
    cleared: string;
    undone: string;
    nothingToUndo: string;
    onlyLeft: (name: string, left: string) => string;
    soldOut: (name: string) => string;
    notWhole: (name: string, unit: string) => string;
    full: (most: number) => string;
    noted: (name: string, wish: string) => string;
    next: string;
  };
  ask: {
    quantity: (name: string, unit: string) => string;
    whichProduct: string;
    unknownProduct: (words: string) => string;
    fulfilment: string;
    address: string;
    payment: string;
    confirm: string;
    whichOrder: string;
  };
  choice: {
    fulfilment: Record<Fulfilment, string>;
    payment: Record<Payment, string>;
  };
  order: {
    summary: string;
    line: (quantity: string, unit: string, name: string, money: string) => string;
    to: (address: string) => string;
    when: (time: string) => string;
    note: (words: string) => string;
    placed: (number: number, money: string) => string;
    alreadyPlaced: (number: number, money: string) => string;
    soldOutMeanwhile: string;
    priceChanged: string;
    cartChanged: string;
    noQuestion: string;
    notOrdered: string;
    none: string;
    recent: string;
    cancelled: (number: number) => string;
    cannotCancel: (number: number, status: string) => string;
    nothingToCancel: string;
    unknown: (reference: string) => string;
    status: Record<OrderStatus, string>;
    news: Record<OrderStatus, (number: number) => string>;
  };
  question: {
    price: (name: string, money: string, unit: string) => string;
    inStock: (name: string) => string;
    payment: string;
    askPerson: string;
  };
  detailKept: string;
  onlyCash: string;
  help: string;
  person: string;
  optedOut: string;
  optedIn: string;
  stillOptedOut: string;
  /** News of orders, and offers: wanted or not. */
  consent: Record<'order' | 'broadcast', Record<'granted' | 'withdrawn', string>>;
  thanks: string;
  wait: string;
  notUnderstood: string;
  outOfScope: string;
  cannotReadMedia: string;
  cannotRead: string;
  impossible: Record<'zero' | 'negative' | 'not_whole' | 'too_many' | 'unknown_number', string>;
  /** To what was recovered without the tap, pin or quote that it may have been. */
  sendAgain: string;
  /** To somebody who writes more than can be answered in a minute. */
  pleaseWait: string;
  apology: string;
}
