import { setTimeout as pause } from 'node:timers/promises';

/** Waits for a check to pass, ten seconds at the most: for what other tests, in the same database cluster, may hold up. */
export async function eventually(check: () => Promise<void>): Promise<void> {
  for (let wait = 0; wait < 100; wait++) {
    if (await check().then(() => true, () => false)) return;
    await pause(100);
  }
  await check();
}
