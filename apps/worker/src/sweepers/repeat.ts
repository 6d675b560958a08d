/** Work that repeats until it is stopped. */
export interface Repeating {
  /** Resolves when a pass that is running has ended. */
  stop(): Promise<void>;
}

/** Runs `work` every `periodMs`, never twice at once: the next pass waits for the one before. */
export function repeat(
  periodMs: number,
  work: () => Promise<void>,
  onError: (error: Error) => void,
): Repeating {
  let stopped = false;
  let running: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout;
  const pass = (): void => {
    running = Promise.resolve()
      .then(work)
      .catch((error: unknown) => {
        onError(error as Error);
      })
      .finally(() => {
        if (!stopped) {
          timer = setTimeout(pass, periodMs);
        }
      });
  };
  timer = setTimeout(pass, periodMs);
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
