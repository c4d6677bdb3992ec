import { randomBytes } from 'node:crypto';
import type { GraphQLFormattedError } from 'graphql';
import { startHub, type Hub } from '../../gateway/hub';
import type { Role, Scope } from '../../shared/rights/rights';
import { testConfig } from './config';
import { copyDatabase } from './database';

export interface Answer<Data = any> {
  status: number;
  data: Data;
  errors?: GraphQLFormattedError[];
  headers: Headers;
}

export interface AskOptions {
  variables?: object;
  langs?: string;
  /** A key of `partner`; without one, the public asks. */
  key?: string | undefined;
}

/** A hub in this process over a copy of the seeded database, asked over HTTP as a partner would. */
export interface TestHub {
  hub: Hub;
  databaseUrl: string;
  ask<Data = any>(query: string, options?: AskOptions): Promise<Answer<Data>>;
  /** As `ask`, and fails unless the answer is whole. */
  data<Data = any>(query: string, options?: AskOptions): Promise<Data>;
  /** A new partner with some roles, and its key. `organisation`: the one of the hub that it is. */
  partner(grants: [role: Role, about?: string][], options?: { scopes?: Scope[]; organisation?: string; name?: string }): Promise<string>;
  /** How many SQL statements the four subgraphs read with while the work was done. */
  statements(work: () => Promise<unknown>): Promise<number>;
}

/** Asks an endpoint as a partner would. */
export async function post<Data>(endpoint: string, query: string, { variables, langs, key }: AskOptions = {}): Promise<Answer<Data>> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(langs ? { 'accept-language': langs } : {}), ...(key ? { authorization: `Bearer ${key}` } : {}) },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, headers: response.headers, ...((await response.json()) as { data: Data }) };
}

/** Asks an endpoint by GET, as a browser or a proxy would. */
export const get = (endpoint: string, query: string, headers: Record<string, string> = {}): Promise<Response> => 
  fetch(`${endpoint}?${new URLSearchParams({ query })}`, { headers: { 'apollo-require-preflight': 'true', ...headers } });

/**
 * Opens a hub for the tests of a file, and closes it after them.
 * @param more variables of its environment
 */
export function useHub(more: Record<string, string> = {}): TestHub {
  let hub: Hub;
  let database: Awaited<ReturnType<typeof copyDatabase>>;
  let count = 0;
  beforeAll(async () => {
    database = await copyDatabase();
    hub = await startHub(testConfig(database.url, more));
    for (const { db } of hub.running.values()) {
      const rows = db.rows.bind(db);
      db.rows = (statement, signal) => {
        // The refreshing of copies runs beside the tests and is not what they count.
        if (!/feed_/.test(statement.text)) count++;
        return rows(statement, signal);
      };
    }
  });
  afterAll(async () => {
    await hub?.stop();
    await database?.drop();
  });
  const ask: TestHub['ask'] = (query, options) => post(`${hub.url}/graphql`, query, options);
  return {
    get hub() {
      return hub;
    },
    get databaseUrl() {
      return database.url;
    },
    ask,
    async data(query, options) {
      const { data, errors } = await ask(query, options);
      if (errors) throw new Error(JSON.stringify(errors, null, 2));
      return data;
    },
    async partner(grants, { scopes, organisation, name } = {}) {
      const id = `test-${randomBytes(4).toString('hex')}`;
      await hub.access.addPartner(id, name ?? id, organisation ?? null);
      for (const [role, about] of grants) await hub.access.grant(id, { role, about: about ?? null });
      return (await hub.access.createKey(id, scopes ?? null, null)).key;
    },
    async statements(work) {
      count = 0;
      await work();
      return count;
    },
  };
}

/** Waits until the first looks into the outboxes are over: they make all new, since nobody knows what happened before. */
export async function cacheSettled(hub: TestHub): Promise<void> {
  for (let hits = 0, times = 0; hits < 15; times++) {
    if (times > 300) throw new Error('Nothing stays in the cache.');
    hits = (await hub.ask('{ territories { totalCount } startups { totalCount } editions { id } jobOffers { totalCount } }')).headers.get('x-cache') === 'hit' ? hits + 1 : 0;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
