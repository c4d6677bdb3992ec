import { readConfig, type Config } from '../../shared/config';

/** The hub's defaults on a database of the tests, on a port of its own. Answers are not kept: tests count statements, and write past the hub. */
export const testConfig = (databaseUrl: string, more: Record<string, string> = {}): Config =>
  readConfig({ DATABASE_URL: databaseUrl, PORT: '0', FEED_INTERVAL_SECONDS: '1', CACHE_BYTES: '0', ...more });
