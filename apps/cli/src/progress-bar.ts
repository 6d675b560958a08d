const WIDTH = 30;

/** One line of progress: `[#########---------------------]  30 %  1,200 of 4,000`. Nothing to do counts as done. */
export function progressBar(done: number, all: number): string {
  const share = all === 0 ? 1 : Math.min(1, done / all);
  const filled = Math.floor(share * WIDTH);
  const bar = '#'.repeat(filled) + '-'.repeat(WIDTH - filled);
  const percent = String(Math.floor(share * 100)).padStart(3);
  return `[${bar}] ${percent} %  ${done.toLocaleString('en-US')} of ${all.toLocaleString('en-US')}`;
}
