import { readConfig, type Config } from '../../shared/config';

/** The hub's defaults on the tests' database, on a port of its own. */
export const testConfig = (databaseUrl = process.env.HUB_TEST_DATABASE_URL!): Config => readConfig({ DATABASE_URL: databaseUrl, PORT: '0', FEED_INTERVAL_SECONDS: '1' });
