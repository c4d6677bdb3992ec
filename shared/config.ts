import { join } from 'node:path';
import { z } from 'zod';
import { Explained } from './failure';
import { root } from './root';

/** Names of the four subgraphs, in the order in which they are started: the owner of a feed before its followers. */
export const subgraphNames = ['territories', 'startups', 'programmes', 'jobs'] as const;
export type SubgraphName = (typeof subgraphNames)[number];

const httpUrl = z.url({ protocol: /^https?$/, error: 'an http:// or https:// URL' });
const port = z.coerce.number({ error: 'a port, 0 to 65535' }).int('a port, 0 to 65535').min(0, 'a port, 0 to 65535').max(65535, 'a port, 0 to 65535');
/** A limit of requests, and whether it is held or only measured. */
const limit = (most: number) =>
  z
    .string()
    .regex(/^(measure:)?\d{1,12}$/, 'a number, or measure:<number>')
    .default(String(most))
    .transform((text) => ({ mode: text.startsWith('measure:') ? ('measure' as const) : ('enforce' as const), most: Number(text.replace('measure:', '')) }));
const MOST_OFFERS = 2_000_000;
const offers = `a number of offers, 0 to ${MOST_OFFERS}`;

// Apollo's gateway reports its use to Apollo over the network unless this says no: the hub tells nobody anything by itself.
process.env.APOLLO_TELEMETRY_DISABLED = 'true';

/** Every variable of the environment that the hub reads; README.md and .env.example list the same, a test compares them. */
const environment = z
  .object({
  /** Address to listen on. */
  HOST: z.string().default('127.0.0.1'),
  /** Port of the gateway, and of the hub when all runs in one process. */
  PORT: port.default(4000),
  /** PostgreSQL 15 or newer to use instead of the embedded one. */
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'a postgres:// or postgresql:// URL' }).optional(),
  /** Folder of the embedded PostgreSQL. */
  HUB_DATA_DIR: z.string().default(join(root, '.hub')),
  /** How many generated job offers the demonstration has, with a startup for every five; 0 leaves it out. Read at the first start. */
  HUB_DEMO_OFFERS: z.coerce.number({ error: offers }).int(offers).min(0, offers).max(MOST_OFFERS, offers).default(600),
  /** How long a copy of another subgraph's records may be behind, in seconds. */
  FEED_INTERVAL_SECONDS: z.coerce.number({ error: 'seconds, 1 to 3600' }).min(1, 'seconds, 1 to 3600').max(3600, 'seconds, 1 to 3600').default(5),
  /** What gateway and subgraphs of one hub share when each runs in a process of its own: they sign and check fetches with it. */
  HUB_SECRET: z.string().min(32, 'at least 32 characters, such as `openssl rand -hex 32` prints').optional(),
  /** Issuer of the OpenID tokens that are accepted beside keys, their audience, and the address of the provider's public keys. */
  OIDC_ISSUER: httpUrl.optional(),
  OIDC_AUDIENCE: z.string().optional(),
  OIDC_JWKS_URL: httpUrl.optional(),
  /** Which operations are answered: all (`open`), all with a word on the log for those that SAFELIST_FILE does not have (`log`), or those alone. */
  OPERATIONS_MODE: z.enum(['open', 'log', 'safelisted-only'], { error: 'open, log or safelisted-only' }).default('open'),
  /** GraphQL document of named operations. */
  SAFELIST_FILE: z.string().optional(),
  /** Whether the schema may be asked for: explorers need it. */
  INTROSPECTION: z.enum(['true', 'false'], { error: 'true or false' }).default('true'),
  /** Origins whose pages may ask, separated by commas; `*` for all, since keys are never sent by a browser on its own. */
  CORS_ORIGINS: z.string().default('*'),
  /** Limits of a request: `<number>` refuses what goes further, `measure:<number>` only tells of it. What each counts: gateway/limits/limits.ts. */
  LIMIT_BODY: limit(500_000),
  LIMIT_TOKENS: limit(5000),
  LIMIT_DEPTH: limit(20),
  LIMIT_ALIASES: limit(60),
  LIMIT_ROOT_FIELDS: limit(40),
  LIMIT_DIRECTIVES: limit(60),
  LIMIT_SELECTIONS: limit(5000),
  LIMIT_LIST_ITEMS: limit(1000),
  LIMIT_VARIABLES: limit(200_000),
  LIMIT_VARIABLE_DEPTH: limit(16),
  /** What one operation may cost at most, in the points of `@cost` and `@listSize`; `measure:<number>` only tells of it. */
  COST_LIMIT: limit(20_000),
  /** What the public may spend in a minute, an address; what a partner may. */
  COST_PER_MINUTE: z.coerce.number({ error: 'a number of points' }).min(1, 'a number of points').default(2_000_000),
  COST_PER_MINUTE_PARTNER: z.coerce.number({ error: 'a number of points' }).min(1, 'a number of points').default(10_000_000),
  /** How many proxies stand before the gateway: the client's address is that of `x-forwarded-for` before them. */
  TRUSTED_PROXIES: z.coerce.number({ error: 'a number, 0 to 10' }).int('a number, 0 to 10').min(0, 'a number, 0 to 10').max(10, 'a number, 0 to 10').default(0),
  /** How much memory the gateway keeps answers of public data in, in bytes; 0 keeps none, in Redis neither. */
  CACHE_BYTES: z.coerce.number({ error: 'a number of bytes' }).int('a number of bytes').min(0, 'a number of bytes').default(67_108_864),
  /** Redis to keep them in instead, for all gateways of one hub; a database of its own there: redis://host:6379/1. */
  REDIS_URL: z.url({ protocol: /^rediss?$/, error: 'a redis:// or rediss:// URL' }).optional(),
  /** How long an operation may take, in seconds; then its reader gets what there is. */
  REQUEST_DEADLINE_SECONDS: z.coerce.number({ error: 'seconds, 0.1 to 300' }).min(0.1, 'seconds, 0.1 to 300').max(300, 'seconds, 0.1 to 300').default(10),
  /** How many operations the gateway works on at once; half as many wait, more are refused. */
  MAX_CONCURRENT_REQUESTS: z.coerce.number({ error: 'a number, 1 to 100000' }).int('a number, 1 to 100000').min(1, 'a number, 1 to 100000').max(100_000, 'a number, 1 to 100000').default(200),
  /** How long a process that is told to stop may take for the answers under way, in seconds. */
  SHUTDOWN_GRACE_SECONDS: z.coerce.number({ error: 'seconds, 0 to 300' }).min(0, 'seconds, 0 to 300').max(300, 'seconds, 0 to 300').default(10),
  /** Supergraph to serve in place of the hub's own: its subgraphs are at the addresses that it names, and get no token. */
  SUPERGRAPH_PATH: z.string().optional(),
  /** Whether the file of the supergraph is taken anew when it changes, `true` or `false`; without a word where SUPERGRAPH_PATH names it. */
  SUPERGRAPH_WATCH: z.enum(['true', 'false'], { error: 'true or false' }).optional(),
  /** How often the subgraphs are asked for their schemas, in seconds, to compose them anew when one differs; 0 for never. */
  SUPERGRAPH_POLL_SECONDS: z.coerce.number({ error: 'seconds, 0 to 3600' }).min(0, 'seconds, 0 to 3600').max(3600, 'seconds, 0 to 3600').default(0),
  /** Whether a new supergraph may break queries that the old one answers: it is refused, or taken all the same (`allow`). */
  SUPERGRAPH_BREAKING: z.enum(['refuse', 'allow'], { error: 'refuse or allow' }).default('refuse'),
  /** Who carries out queries: `hub`, or `apollo` for Apollo's own executor and, in the subgraphs, graphql-js. The answers are the same. */
  EXECUTOR: z.enum(['hub', 'apollo'], { error: 'hub or apollo' }).default('hub'),
  /** What is told on the log, and what is worse; `silent` for nothing. */
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], { error: 'trace, debug, info, warn, error, fatal or silent' }).default('info'),
  /** Who may read the gateway's /metrics: this machine, all who reach its port, nobody. */
  METRICS: z.enum(['local', 'public', 'false'], { error: 'local, public or false' }).default('local'),
  /** Collector that traces are sent to, by OTLP over HTTP; without one there are none. */
  OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl.optional(),
  /** Addresses of the subgraphs when each runs in a process of its own; each listens on the port of its address. */
  TERRITORIES_URL: httpUrl.default('http://127.0.0.1:4001/graphql'),
  STARTUPS_URL: httpUrl.default('http://127.0.0.1:4002/graphql'),
  PROGRAMMES_URL: httpUrl.default('http://127.0.0.1:4003/graphql'),
  JOBS_URL: httpUrl.default('http://127.0.0.1:4004/graphql'),
})
  .check(({ value, issues }) => {
    if (value.OPERATIONS_MODE !== 'open' && value.SAFELIST_FILE === undefined) {
      issues.push({ code: 'custom', input: undefined, path: ['SAFELIST_FILE'], message: `a file, since OPERATIONS_MODE is ${value.OPERATIONS_MODE}` });
    }
    const names = ['OIDC_ISSUER', 'OIDC_AUDIENCE', 'OIDC_JWKS_URL'] as const;
    const missing = names.filter((name) => value[name] === undefined);
    if (missing.length === names.length) return;
    for (const name of missing) issues.push({ code: 'custom', input: undefined, path: [name], message: `a value, since ${names.find((one) => !missing.includes(one))} is set` });
  });

export const environmentVariables = Object.keys(environment.shape);

export interface Config {
  host: string;
  port: number;
  databaseUrl: string | undefined;
  dataFolder: string;
  demoOffers: number;
  feedIntervalSeconds: number;
  /** Null where all runs in one process. */
  secret: string | null;
  openId: { issuer: string; audience: string; jwks: string } | null;
  operations: { mode: 'open' | 'log' | 'safelisted-only'; safelistFile: string | null; introspection: boolean };
  corsOrigins: readonly string[];
  limits: Record<
    'body' | 'tokens' | 'depth' | 'aliases' | 'rootFields' | 'directives' | 'selections' | 'listItems' | 'variables' | 'variableDepth',
    { most: number; mode: 'enforce' | 'measure' }
  >;
  /** How much of answers is kept, and in which Redis; null for the gateway's own memory. */
  demand: { cost: { most: number; mode: 'enforce' | 'measure' }; perMinute: { public: number; partner: number } };
  trustedProxies: number;
  cache: { bytes: number; redisUrl: string | null };
  requestDeadlineSeconds: number;
  maxConcurrentRequests: number;
  shutdownGraceSeconds: number;
  /** The supergraph: a file of others or null for the hub's own, and how a new one comes into use. */
  supergraph: { path: string | null; watch: boolean; pollSeconds: number; breaking: 'refuse' | 'allow' };
  executor: 'hub' | 'apollo';
  logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal' | 'silent';
  metrics: 'local' | 'public' | 'false';
  /** Where traces go; null for none. */
  traces: string | null;
  subgraphUrls: Record<SubgraphName, string>;
}

/** Variables whose value no message shows. */
const SECRET = new Set(['DATABASE_URL', 'HUB_SECRET', 'REDIS_URL']);

/** Raised once with every wrong variable in it. */
export class ConfigError extends Explained {}

/** Reads and checks the environment; an empty variable is an absent one. */
export function readConfig(variables: NodeJS.ProcessEnv = process.env): Config {
  const present = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const result = environment.safeParse(present);
  if (!result.success) {
    const lines = result.error.issues.map((issue) => {
      const name = String(issue.path[0]);
      const given = SECRET.has(name) ? '(not shown)' : JSON.stringify(present[name]);
      return `  ${name}: read ${given}, expected ${issue.message}`;
    });
    throw new ConfigError(`The configuration is not valid:\n${lines.join('\n')}`);
  }
  const read = result.data;
  const { OIDC_ISSUER, OIDC_AUDIENCE, OIDC_JWKS_URL } = read;
  return {
    host: read.HOST,
    port: read.PORT,
    databaseUrl: read.DATABASE_URL,
    dataFolder: read.HUB_DATA_DIR,
    demoOffers: read.HUB_DEMO_OFFERS,
    feedIntervalSeconds: read.FEED_INTERVAL_SECONDS,
    secret: read.HUB_SECRET ?? null,
    openId: OIDC_ISSUER && OIDC_AUDIENCE && OIDC_JWKS_URL ? { issuer: OIDC_ISSUER, audience: OIDC_AUDIENCE, jwks: OIDC_JWKS_URL } : null,
    operations: { mode: read.OPERATIONS_MODE, safelistFile: read.SAFELIST_FILE ?? null, introspection: read.INTROSPECTION === 'true' },
    corsOrigins: read.CORS_ORIGINS.split(',').map((origin) => origin.trim()),
    limits: {
      body: read.LIMIT_BODY,
      tokens: read.LIMIT_TOKENS,
      depth: read.LIMIT_DEPTH,
      aliases: read.LIMIT_ALIASES,
      rootFields: read.LIMIT_ROOT_FIELDS,
      directives: read.LIMIT_DIRECTIVES,
      selections: read.LIMIT_SELECTIONS,
      listItems: read.LIMIT_LIST_ITEMS,
      variables: read.LIMIT_VARIABLES,
      variableDepth: read.LIMIT_VARIABLE_DEPTH,
    },
    demand: { cost: read.COST_LIMIT, perMinute: { public: read.COST_PER_MINUTE, partner: read.COST_PER_MINUTE_PARTNER } },
    trustedProxies: read.TRUSTED_PROXIES,
    cache: { bytes: read.CACHE_BYTES, redisUrl: read.REDIS_URL ?? null },
    requestDeadlineSeconds: read.REQUEST_DEADLINE_SECONDS,
    maxConcurrentRequests: read.MAX_CONCURRENT_REQUESTS,
    shutdownGraceSeconds: read.SHUTDOWN_GRACE_SECONDS,
    supergraph: {
      path: read.SUPERGRAPH_PATH ?? null,
      watch: read.SUPERGRAPH_WATCH === undefined ? read.SUPERGRAPH_PATH !== undefined : read.SUPERGRAPH_WATCH === 'true',
      pollSeconds: read.SUPERGRAPH_POLL_SECONDS,
      breaking: read.SUPERGRAPH_BREAKING,
    },
    executor: read.EXECUTOR,
    logLevel: read.LOG_LEVEL,
    metrics: read.METRICS,
    traces: read.OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    subgraphUrls: {
      territories: read.TERRITORIES_URL,
      startups: read.STARTUPS_URL,
      programmes: read.PROGRAMMES_URL,
      jobs: read.JOBS_URL,
    },
  };
}

/** The secret of a hub in several processes; throws where there is none. */
export function requireSecret({ secret }: Config): string {
  if (secret === null) throw new ConfigError('HUB_SECRET is not set: the gateway and the subgraphs of one hub share a secret of at least 32 characters, such as `openssl rand -hex 32` prints.');
  return secret;
}
