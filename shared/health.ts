/** Fails where a part is not well. */
export type Check = (signal: AbortSignal) => Promise<unknown>;

/** How long a part may take to say that it is well, in milliseconds. */
const PATIENCE = 1000;

/** Whether a check succeeds in time. */
export async function answers(check: Check): Promise<boolean> {
  const signal = AbortSignal.timeout(PATIENCE);
  const late = new Promise<boolean>((resolve) => signal.addEventListener('abort', () => resolve(false), { once: true }));
  return Promise.race([check(signal).then(() => true, () => false), late]);
}
