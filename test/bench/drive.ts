import { fork } from 'node:child_process';
import { Pool } from 'undici';

// The driver of a load: a process of its own, whose CPU is nobody's.

/** So many requests are under way at once, each on a connection that is kept. */
const CONCURRENCY = 8;

interface Turn {
  url: string;
  bodies: string[];
  milliseconds: number;
}

export interface Driven {
  /** How long each answer took, in milliseconds, ascending. */
  took: number[];
  seconds: number;
  /** The first answer that was none. */
  failure: string | null;
}

/** Where it goes on in the bodies, whoever is asked: a short turn does not always ask the same. */
let next = 0;

/** Asks for a while, the bodies in turn; ends when all that was asked is answered. */
async function drive({ url, bodies, milliseconds }: Turn): Promise<Driven> {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections: CONCURRENCY, pipelining: 1 });
  const driven: Driven = { took: [], seconds: 0, failure: null };
  const begun = performance.now();
  const askOn = async () => {
    while (performance.now() - begun < milliseconds && driven.failure === null) {
      const at = performance.now();
      const { statusCode, body } = await pool.request({ path: pathname, method: 'POST', headers: { 'content-type': 'application/json' }, body: bodies[next++ % bodies.length]! });
      const text = await body.text();
      driven.took.push(performance.now() - at);
      if (statusCode !== 200 || text.includes('"errors":')) driven.failure ??= `${statusCode} ${text.slice(0, 500)}`;
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, askOn)).catch((error: unknown) => (driven.failure ??= String(error)));
  driven.seconds = (performance.now() - begun) / 1000;
  driven.took.sort((a, b) => a - b);
  await pool.destroy();
  return driven;
}

export interface Driver {
  drive(turn: Turn): Promise<Driven>;
  stop(): void;
}

export function startDriver(): Driver {
  const child = fork(__filename, { serialization: 'advanced' });
  return {
    drive: (turn) =>
      new Promise((resolve, reject) => {
        const gone = () => reject(new Error('The driver has ended.'));
        child.once('exit', gone).once('message', (driven) => {
          child.off('exit', gone);
          resolve(driven as Driven);
        });
        child.send(turn);
      }),
    stop: () => child.disconnect(),
  };
}

if (require.main === module) process.on('message', (turn) => void drive(turn as Turn).then((driven) => process.send!(driven)));
