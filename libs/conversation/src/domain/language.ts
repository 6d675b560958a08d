import type { Understanding } from './understand';
import { isSpoken } from './texts/languages';

/**
 * The language to answer in. Single Latin words ("hi", "cart") are everybody's commands and change nothing; a sentence or a
 * script of one's own does.
 */
export function answerLanguage(current: string, text: string, meaning: Understanding): string {
  const spoken = 'language' in meaning ? meaning.language : undefined;
  if (spoken === undefined || spoken === current || !isSpoken(spoken)) {
    return current;
  }
  const isSentence = (text.match(/\p{L}[\p{L}\p{M}]+/gu) ?? []).length > 1;
  const isOwnScript = /[^\p{Script=Latin}\P{L}]/u.test(text);
  return isSentence || isOwnScript ? spoken : current;
}
