/**
 * Rejects when `work` takes longer; what it does afterwards concerns nobody.
 * @param expectation completes "<expectation> within … ms" in the error
 */
export async function within<T>(milliseconds: number, work: Promise<T>, expectation: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`${expectation} within ${milliseconds} ms`));
    }, milliseconds);
  });
  work.catch(() => undefined);
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    clearTimeout(timer);
  }
}
