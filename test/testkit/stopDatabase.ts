import { rmSync } from 'node:fs';
import type { EmbeddedPostgres } from '../../shared/database/embeddedPostgres';

export default async function stopDatabase(): Promise<void> {
  const { postgres, folder } = (globalThis as unknown as { hubTest: { postgres: EmbeddedPostgres; folder: string } }).hubTest;
  await postgres.stop();
  rmSync(postgres.dataFolder, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
}
