import { ConfigError } from '../shared/config';
import { EmbeddedPostgresError } from '../shared/database/embeddedPostgres';
import { DatabaseUnusable } from '../shared/database/prepare';
import { FeedUnavailable } from '../shared/feed/feed';
import { PortUnusable } from './server';

/** Errors that a person can act on are told in their own words; any other comes with its stack. The process fails. */
export function explainFailure(error: unknown): void {
  const known = [ConfigError, EmbeddedPostgresError, DatabaseUnusable, FeedUnavailable, PortUnusable].some((kind) => error instanceof kind);
  console.error(known ? `\n${(error as Error).message}` : error);
  process.exitCode = 1;
}
