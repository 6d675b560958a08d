/**
 * Rejects when `work` takes longer; what it does afterwards concerns nobody.
 * @param expectation completes "<expectation> within … ms" in the error
 */
export function within<T>(milliseconds: number, work: Promise<T>, expectation: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`${expectation} within ${milliseconds} ms`));
    }, milliseconds);
    work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
    });
  });
}
