/** Twilio refuses longer bodies with 21617. */
const LONGEST_BODY = 1_600;

/** Cuts a text into bodies that Twilio accepts, at line ends where there are any; the parts in order are the whole text. */
export function splitText(text: string): string[] {
  const parts: string[] = [];
  let rest = text;
  while (characters(rest) > LONGEST_BODY) {
    const window = Array.from(rest).slice(0, LONGEST_BODY).join('');
    const lineEnd = window.lastIndexOf('\n');
    const cut = lineEnd > 0 ? lineEnd : window.length;
    parts.push(rest.slice(0, cut));
    rest = rest.slice(lineEnd > 0 ? cut + 1 : cut);
  }
  return [...parts, rest].filter((part) => part.trim() !== '');
}

function characters(text: string): number {
  return Array.from(text).length;
}
