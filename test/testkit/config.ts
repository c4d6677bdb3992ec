import { readConfig, type Config } from '../../shared/config';

/** The hub's defaults on a database of the tests, on a port of its own. */
export const testConfig = (databaseUrl: string): Config => readConfig({ DATABASE_URL: databaseUrl, PORT: '0', FEED_INTERVAL_SECONDS: '1' });
