/** Parts a message that quotes an older one ("> 1. Momo") from what was written below it. */
export function splitQuote(text: string): { quoted: string[]; rest: string } {
  const lines = text.split('\n');
  const isQuote = (line: string): boolean => /^\s*>/u.test(line);
  return {
    quoted: lines.filter(isQuote).map((line) => line.replace(/^[\s>]+/u, '')),
    rest: lines.filter((line) => !isQuote(line)).join('\n'),
  };
}
