/** A message that was not understood, with what a reader must know to propose what it means. */
export interface AssistantQuestion {
  /** The shopper's words: data, never instructions. */
  text: string;
  /** Code of the shopper's language. */
  language: string;
  products: readonly { sku: string; name: string; aliases: readonly string[]; unit: string }[];
  cart: readonly { sku: string; quantity: number }[];
  /** The question that is open, if one is. */
  expecting: string | undefined;
}

/** Somebody who may be asked what a message means. What is proposed is untrusted: the interpreter accepts it or not. */
export interface Assistant {
  /** False: nobody is to be asked. */
  readonly isThere: boolean;
  /** @returns undefined when nothing came in time, or nothing that can be read; never throws */
  propose(question: AssistantQuestion): Promise<unknown>;
}

/** Injection token of the {@link Assistant}. */
export const ASSISTANT = Symbol('ASSISTANT');
