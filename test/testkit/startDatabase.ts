import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../shared/database/embeddedPostgres';
import { startHub } from '../../gateway/hub';
import { testConfig } from './config';

/** Starts PostgreSQL and fills the database that all tests read; workers find it by HUB_TEST_DATABASE_URL. */
export default async function startDatabase(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'hub-test-'));
  // Where the tests run as root, the server runs as another user, who must get in.
  chmodSync(folder, 0o755);
  const postgres = await startEmbeddedPostgres({ folder, durable: false });
  process.env.HUB_TEST_DATABASE_URL = postgres.url;
  Object.assign(globalThis, { hubTest: { postgres, folder } });
  try {
    const hub = await startHub(testConfig(postgres.url));
    await hub.stop();
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}
