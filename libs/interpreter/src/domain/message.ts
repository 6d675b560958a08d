import { annotate } from './annotate';
import type { Element } from './element';
import type { CartLine, Expectation, InterpreterInput } from './input';
import type { Concept } from './language';
import { languagesOf, lexiconWith } from './languages-of';
import type { Habits, Lexicon } from './lexicon';
import { clean, fold } from './normalise';
import { plainForms } from './plurals';
import { arabicWords, indexOf, type ProductIndex } from './product-index';
import { splitQuote, withoutListMarks } from './quote';
import { type Token, tokenise } from './tokenise';

/** A message read once, with what its meaning may depend on. */
export interface Message {
  text: string;
  elements: readonly Element[];
  concepts: ReadonlySet<Concept>;
  index: ProductIndex;
  cart: readonly CartLine[];
  /** SKU behind a list number, where a list was shown or the catalogue counts. */
  entry: (value: number) => string | undefined;
  /** A list was shown, so that a bare number can mean its entry. */
  listed: boolean;
  /** Category of the catalogue that a word names, in the shop's spelling. */
  category: string | undefined;
  /** The one product of a quoted message, if it named just one. */
  quoted: string | undefined;
  expecting: Expectation | undefined;
  /** The language that it is clearly written in. */
  language: string | null;
  habits: Habits;
}

/** Reads a message: quotation apart, cleaned, cut, annotated. */
export function read(input: InterpreterInput): Message {
  const index = indexOf(input.catalogue);
  const { quoted, rest } = splitQuote(clean(input.text));
  const text = withoutListMarks(rest.trim());
  const likely = { shop: index.spoken, shopper: input.language };
  const { language, ...own } = languagesOf(text, likely, (word) => index.formsByWord.has(word));
  const { elements: written, lexicon } = readElements(text, index, own.lexicon);
  const elements = withoutTag(written);
  const concepts = new Set<Concept>();
  for (const element of elements) {
    const spoken = element.kind === 'emoji' ? lexicon.emoji(element.word) : undefined;
    if (spoken !== undefined) {
      concepts.add(spoken as Concept);
    }
    if (element.kind === 'concept') {
      element.concepts.forEach((concept) => concepts.add(concept));
    }
  }
  const lines = quoted.flatMap((line) => quotedProduct(line, index, lexicon));
  const shown = input.shown;
  const byQuote = new Map(
    lines.flatMap(({ number, sku }) => (number === undefined ? [] : [[number, sku] as const])),
  );
  return {
    text,
    elements,
    concepts,
    index,
    cart: input.cart ?? [],
    entry: (value) =>
      byQuote.get(value) ??
      (shown === undefined ? index.byNumber.get(value)?.sku : value === -1 ? shown.at(-1) : shown[value - 1]),
    listed: shown !== undefined || byQuote.size > 0,
    category: elements.map((element) => categoryOf(element, text, index)).find((name) => name !== undefined),
    quoted: new Set(lines.map(({ sku }) => sku)).size === 1 ? lines[0]?.sku : undefined,
    expecting: input.expecting,
    language,
    habits: lexicon.habits,
  };
}

/** "…, ok?" asks for nothing. */
function withoutTag(elements: Element[]): Element[] {
  const [pause, tag, mark] = elements.slice(-3);
  const isTag = ['ok', 'yes', 'filler'].some((concept) => conceptsOf(tag).has(concept as Concept));
  return elements.length > 3 && pause?.kind === 'break' && isTag && mark?.kind === 'question'
    ? elements.slice(0, -1)
    : elements;
}

function categoryOf(element: Element, text: string, index: ProductIndex): string | undefined {
  const word = element.kind === 'unknown' ? element.word : fold(text.slice(element.start, element.end));
  return [word, `${word}s`, ...plainForms(word, index.languages)]
    .map((form) => index.categories.get(form))
    .find((name) => name !== undefined);
}

/** Read in the message's languages; where one more explains all that is left unexplained, in that one too. */
function readElements(
  text: string,
  index: ProductIndex,
  lexicon: Lexicon,
): { elements: Element[]; lexicon: Lexicon } {
  const elements = annotate(tokensOf(text, index, lexicon), index, lexicon);
  const unknown = elements.flatMap((element) => (element.kind === 'unknown' ? [element.word] : []));
  const wider = unknown.length > 0 ? lexiconWith(lexicon, unknown) : undefined;
  return wider === undefined
    ? { elements, lexicon }
    : { elements: annotate(tokensOf(text, index, wider), index, wider), lexicon: wider };
}

function tokensOf(text: string, index: ProductIndex, lexicon: Lexicon): Token[] {
  const isWord = (word: string): boolean =>
    lexicon.knows(word) || (lexicon.habits.latinByConsonants === true && arabicWords(index, word).length > 0);
  return tokenise(text, { isWord, decimalComma: lexicon.habits.decimalComma === true });
}

function quotedProduct(
  line: string,
  index: ProductIndex,
  lexicon: Lexicon,
): { number: number | undefined; sku: string }[] {
  const elements = annotate(tokensOf(line, index, lexicon), index, lexicon);
  const mention = elements.find((element) => element.kind === 'product')?.mention;
  const [sku] = mention?.skus ?? [];
  const first = elements[0];
  const number = first?.kind === 'number' && /^\s*\d+\s*[.)]/u.test(line) ? first.value : undefined;
  return sku !== undefined && mention?.skus.length === 1 ? [{ number, sku }] : [];
}

/** Whether any of these concepts was said. */
export function says(message: Message, ...concepts: readonly Concept[]): boolean {
  return concepts.some((concept) => message.concepts.has(concept));
}

const EMPTY: ReadonlySet<Concept> = new Set<Concept>();

/** Concepts of an element; none for what is no phrase. */
export function conceptsOf(element: Element | undefined): ReadonlySet<Concept> {
  return element?.kind === 'concept' ? element.concepts : EMPTY;
}

/** Whether every element is one of these concepts, a filler or a mark: nothing else was said. */
export function saysOnly(message: Message, ...concepts: readonly Concept[]): boolean {
  const allowed: readonly Concept[] = [...concepts, 'filler', 'and'];
  return message.elements.every(
    (element) =>
      element.kind === 'break' ||
      element.kind === 'emoji' ||
      (element.kind === 'aside' && element.aside === 'ref') ||
      (element.kind === 'concept' && allowed.some((concept) => element.concepts.has(concept))),
  );
}

/** Words that were not understood. */
export function unknownWords(message: Message): string[] {
  return message.elements.flatMap((element) => (element.kind === 'unknown' ? [element.word] : []));
}

/** Whether goods are named: a product, or a list entry with a quantity. */
export function namesProduct(message: Message): boolean {
  return message.elements.some((element) => element.kind === 'product');
}
