import { readConfig } from '../config';
import { explainFailure } from '../failure';
import { startEmbeddedPostgres } from './embeddedPostgres';

/** The embedded PostgreSQL alone, for trying the distributed mode on one machine. */
async function main(): Promise<void> {
  const { dataFolder } = readConfig();
  const postgres = await startEmbeddedPostgres({ folder: dataFolder, note: (line) => console.error(line) });
  console.log(`PostgreSQL is ready. In the terminals of the subgraphs:\n\n  export DATABASE_URL='${postgres.url}'\n`);
  // The server alone does not keep this process alive, which the server in turn lives with.
  const alive = setInterval(() => {}, 2 ** 30);
  const stop = () => {
    clearInterval(alive);
    void postgres.stop();
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
}

main().catch(explainFailure);
