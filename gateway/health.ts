import { answers, type Check } from '../shared/health';
import type { Answer } from '../shared/http/graphqlEndpoint';

/** How long what was found is told again, in milliseconds. */
const REMEMBERED = 1000;

export interface Part {
  status: 'up' | 'down';
  /** The check that first found it so. */
  since: string;
}

/**
 * What `/health/ready` tells. The gateway is ready while it can answer anything at all: one subgraph is enough, since the
 * others' fields are null with an error each, and a load balancer that took the gateway out would take the rest down with
 * them. Without the database of partners and keys the public is still answered.
 */
export function readiness(subgraphs: () => Record<string, Check>, database: Check | null, stopping: () => boolean): () => Promise<Pick<Answer, 'status'> & { body: object }> {
  const followed = new Map<string, ReturnType<typeof follow>>();
  const follows = (checks: Record<string, Check>) =>
    Object.entries(checks).map(([name, check]) => {
      if (!followed.has(name)) followed.set(name, follow(check));
      return [name, followed.get(name)!] as const;
    });
  const others = database ? [['database', follow(database)] as const] : [];
  // Another supergraph may have others.
  let parts = follows(subgraphs());
  let known: Promise<unknown> = Promise.resolve();
  let until = 0;
  return async () => {
    if (Date.now() >= until) {
      until = Date.now() + REMEMBERED;
      parts = follows(subgraphs());
      known = Promise.all([...parts, ...others].map(([, { look }]) => look()));
    }
    await known;
    const ready = !stopping() && parts.some(([, { part }]) => part.status === 'up');
    const told = (some: typeof parts) => Object.fromEntries(some.map(([name, { part }]) => [name, part]));
    return { status: ready ? 200 : 503, body: { status: stopping() ? 'stopping' : ready ? 'ready' : 'not ready', subgraphs: told(parts), ...told(others) } };
  };
}

function follow(check: Check): { readonly part: Part; look(): Promise<void> } {
  const now = () => new Date().toISOString();
  let part: Part = { status: 'down', since: now() };
  return {
    get part() {
      return part;
    },
    async look() {
      const up = await answers(check);
      if (up !== (part.status === 'up')) part = { status: up ? 'up' : 'down', since: now() };
    },
  };
}
