import { setTimeout as pause } from 'node:timers/promises';
import { Pool } from 'undici';

/** One request of a load, answered or not. */
export interface Sample {
  /** When it was sent, in milliseconds since the load began, and how long it took. */
  at: number;
  took: number;
  /** Null where the connection broke before an answer came; `refused` where there was none to send it on. */
  status: number | 'refused' | null;
  data: any;
  /** Codes of the errors, with the service that they name. */
  errors: string[];
}

export interface Load {
  samples: Sample[];
  /** Milliseconds since it began. */
  now(): number;
  /** Sends no more; resolves when all that was sent has been answered. */
  stop(): Promise<Sample[]>;
}

/** Asks an endpoint steadily, whether or not it answers: `rate` requests a second. */
export function load(endpoint: string, query: string | ((number: number) => string), rate: number): Load {
  const { origin, pathname } = new URL(endpoint);
  const pool = new Pool(origin, { connections: 200, headersTimeout: 30_000, bodyTimeout: 30_000 });
  const begun = performance.now();
  const now = () => performance.now() - begun;
  const samples: Sample[] = [];
  const underWay = new Set<Promise<void>>();
  let stopped = false;
  async function ask(number: number): Promise<void> {
    const at = now();
    const sample: Sample = { at, took: 0, status: null, data: null, errors: [] };
    try {
      const text = typeof query === 'string' ? query : query(number);
      const { statusCode, body } = await pool.request({ path: pathname, method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ query: text }) });
      const read = (await body.json()) as { data?: unknown; errors?: { extensions: { code: string; service?: string } }[] };
      Object.assign(sample, { status: statusCode, data: read.data, errors: (read.errors ?? []).map(({ extensions: { code, service } }) => (service ? `${code} ${service}` : code)) });
    } catch (error) {
      if ((error as { code?: string }).code === 'ECONNREFUSED') sample.status = 'refused';
      else sample.errors.push(String(error));
    }
    sample.took = now() - at;
    samples.push(sample);
  }
  const driver = (async () => {
    for (let number = 0; !stopped; number++) {
      const one = ask(number).finally(() => underWay.delete(one));
      underWay.add(one);
      await pause(Math.max(0, (number + 1) * (1000 / rate) - now()));
    }
  })();
  return {
    samples,
    now,
    async stop() {
      stopped = true;
      await driver;
      await Promise.all(underWay);
      await pool.destroy();
      return samples;
    },
  };
}

/** How many there are of each. */
export function count<Value extends string | number | null>(values: Value[]): Record<string, number> {
  const counted: Record<string, number> = {};
  for (const value of values) counted[String(value)] = (counted[String(value)] ?? 0) + 1;
  return counted;
}
