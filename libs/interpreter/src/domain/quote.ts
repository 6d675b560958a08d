/** Parts a message that quotes an older one ("> 1. Momo") from what was written below it. */
export function splitQuote(text: string): { quoted: string[]; rest: string } {
  const lines = text.split('\n');
  const isQuote = (line: string): boolean => /^\s*>/u.test(line);
  return {
    quoted: lines.filter(isQuote).map((line) => line.replace(/^[\s>]+/u, '')),
    rest: lines.filter((line) => !isQuote(line)).join('\n'),
  };
}

const LIST_MARK = /^\s*(\d{1,2})\s*[-.)]\s*(?=\D)/u;

/** "1. a kilo of rice ⏎ 2. six eggs": the numbers that only count the lines of a list are left out. */
export function withoutListMarks(text: string): string {
  const lines = text.split('\n');
  const isList = lines.length > 1 && lines.every((line, at) => Number(LIST_MARK.exec(line)?.[1]) === at + 1);
  return isList ? lines.map((line) => line.replace(LIST_MARK, '')).join('\n') : text;
}
