import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Pools } from '../../shared/database/database';
import { isErrorCode, type ErrorCode } from '../../shared/graphql/errorCodes';
import type { Limit, LimitName } from '../limits/limits';

/** How many names that partners choose are told apart, of operations and of clients; and how many pairs of both. */
const MOST_NAMES = 200;
const MOST_PAIRS = 1000;
/** Bounds of durations, in seconds. */
const BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];
/** Bounds of costs, in points. */
const COSTS = [1, 10, 50, 100, 500, 1000, 5000, 10_000, 20_000, 50_000];

/** The first so many names as they are, the rest as `other`: each is kept for as long as the process lives. */
function firstOf(most: number): (name: string) => string {
  const known = new Set<string>();
  return (name) => {
    if (known.size < most) known.add(name);
    return known.has(name) ? name : 'other';
  };
}

/** A request that was answered. */
export interface Ended {
  /** Names that the client chose; null where it chose none. */
  operation: string | null;
  client: string | null;
  /** Whether the caller is a partner. */
  known: boolean;
  status: number;
  seconds: number;
  codes: Iterable<string>;
  cache: string;
  cost: { estimated: number; actual: number | null } | null;
}

/** What is looked at when somebody asks for the metrics. */
export interface Watched {
  /** The subgraphs of the supergraph in use, and whether each is left alone. */
  subgraphs(): Iterable<readonly [string, { leftAlone(): boolean }]>;
  /** SQL connections of this process, by schema. */
  pools(): Record<string, Pools>;
}

/** What a gateway counts for Prometheus. */
export class Metrics {
  private readonly registry = new Registry();
  private readonly registers = [this.registry];
  private readonly operationOf = firstOf(MOST_NAMES);
  private readonly clientOf = firstOf(MOST_NAMES);
  private readonly pairOf = firstOf(MOST_PAIRS);

  private readonly requests = new Counter({ name: 'hub_requests_total', help: 'Requests that were answered.', labelNames: ['operation', 'client', 'status'] as const, registers: this.registers });
  private readonly durations = new Histogram({ name: 'hub_request_duration_seconds', help: 'Time to the answer.', labelNames: ['operation'] as const, buckets: BOUNDS, registers: this.registers });
  private readonly errors = new Counter({ name: 'hub_errors_total', help: 'Answers with an error of a code.', labelNames: ['code'] as const, registers: this.registers });
  private readonly underWay = new Gauge({ name: 'hub_requests_in_flight', help: 'Requests under way, waiting ones too.', registers: this.registers });
  private readonly shed = new Counter({ name: 'hub_requests_shed_total', help: 'Requests that were refused since there were too many.', registers: this.registers });
  private readonly excesses = new Counter({ name: 'hub_limits_exceeded_total', help: 'Limits that were exceeded, refused (enforce) or not (measure).', labelNames: ['limit', 'mode'] as const, registers: this.registers });
  private readonly kept = new Counter({ name: 'hub_cache_answers_total', help: 'Whole answers by where they came from: hit, miss, or skip where none could be kept.', labelNames: ['result'] as const, registers: this.registers });
  private readonly fetchDurations = new Histogram({ name: 'hub_fetch_duration_seconds', help: 'Time of a fetch from a subgraph, tries in all.', labelNames: ['subgraph'] as const, buckets: BOUNDS, registers: this.registers });
  private readonly fetchFailures = new Counter({ name: 'hub_fetch_failures_total', help: 'Fetches from a subgraph without an answer, or with one that the subgraph could not make.', labelNames: ['subgraph', 'code'] as const, registers: this.registers });
  private readonly fetchesUnderWay = new Gauge({ name: 'hub_fetches_in_flight', help: 'Fetches from a subgraph under way, waiting ones too.', labelNames: ['subgraph'] as const, registers: this.registers });

  private readonly costs = new Histogram({ name: 'hub_operation_cost_points', help: 'What operations cost: estimated before they run, actual by what came back.', labelNames: ['kind'] as const, buckets: COSTS, registers: this.registers });

  /**
   * @param isListed whether the hub itself knows an operation by its name. Names that strangers make up are `other`: they
   * could be so many that they crowd out the rest
   */
  constructor(
    private readonly isListed: (operation: string) => boolean,
    { subgraphs, pools }: Watched,
  ) {
    const gauge: Gauge<'subgraph'> = new Gauge({
      name: 'hub_breaker_open',
      help: 'Whether a subgraph is left alone, since it did not answer.',
      labelNames: ['subgraph'] as const,
      registers: this.registers,
      collect: () => {
        // One that the supergraph no longer has goes.
        gauge.reset();
        for (const [subgraph, transport] of subgraphs()) gauge.set({ subgraph }, Number(transport.leftAlone()));
      },
    });
    const sql = (name: string, help: string, count: 'totalCount' | 'idleCount' | 'waitingCount') => {
      const gauge: Gauge<'schema' | 'pool'> = new Gauge({
        name,
        help,
        labelNames: ['schema', 'pool'] as const,
        registers: this.registers,
        collect() {
          for (const [schema, pair] of Object.entries(pools())) for (const [pool, state] of Object.entries(pair)) gauge.set({ schema, pool }, state[count]);
        },
      });
    };
    sql('hub_sql_connections', 'Open SQL connections of this process.', 'totalCount');
    sql('hub_sql_connections_idle', 'Those of them that do nothing.', 'idleCount');
    sql('hub_sql_waiting', 'Statements and transactions that wait for a connection.', 'waitingCount');
    collectDefaultMetrics({ register: this.registry });
  }

  requestBegun(): void {
    this.underWay.inc();
  }

  requestEnded({ operation, client, known, status, seconds, codes, cache, cost }: Ended): void {
    this.underWay.dec();
    const asked = operation === null ? 'anonymous' : this.isListed(operation) ? operation : known ? this.operationOf(operation) : 'other';
    const whose = client === null ? 'unnamed' : known && this.pairOf(`${asked} ${client}`) !== 'other' ? this.clientOf(client) : 'other';
    this.requests.inc({ operation: asked, client: whose, status: `${Math.floor(status / 100)}xx` });
    this.durations.observe({ operation: asked }, seconds);
    if (cost) this.costs.observe({ kind: 'estimated' }, cost.estimated);
    if (cost && cost.actual !== null) this.costs.observe({ kind: 'actual' }, cost.actual);
    for (const code of codes) {
      this.errors.inc({ code: isErrorCode(code) ? code : 'other' });
      if (code === 'OVERLOADED') this.shed.inc();
    }
    if (status < 400) this.kept.inc({ result: cache });
  }

  limitExceeded(limit: LimitName, mode: Limit['mode']): void {
    this.excesses.inc({ limit, mode });
  }

  fetchBegun(subgraph: string): void {
    this.fetchesUnderWay.inc({ subgraph });
  }

  /** @param code why there is no answer; null where there is one */
  fetchEnded(subgraph: string, seconds: number, code: ErrorCode | null): void {
    this.fetchesUnderWay.dec({ subgraph });
    this.fetchDurations.observe({ subgraph }, seconds);
    if (code !== null) this.fetchFailures.inc({ subgraph, code });
  }

  /** All of it, in Prometheus' text format. */
  async text(): Promise<{ type: string; body: string }> {
    return { type: this.registry.contentType, body: await this.registry.metrics() };
  }
}
