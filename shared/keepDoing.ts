/** Does something again and again, each time after a pause; a failure is reported once until it succeeds again. */
export function keepDoing(work: () => Promise<unknown>, pause: number, failed: (error: Error) => void): { stop(): Promise<void> } {
  let stopped = false;
  let failing = false;
  let running: Promise<unknown> = Promise.resolve();
  let timer: NodeJS.Timeout;
  const again = () => {
    timer = setTimeout(() => {
      running = work()
        .then(() => {
          failing = false;
        })
        .catch((error: Error) => {
          if (!failing && !stopped) failed(error);
          failing = true;
        })
        .finally(() => {
          if (!stopped) again();
        });
    }, pause);
    timer.unref();
  };
  again();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
