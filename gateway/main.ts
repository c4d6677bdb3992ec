import { explainFailure } from '../shared/failure';
import { readConfig } from '../shared/config';
import { listen, startGateway } from './server';
import { overHttp } from './transport/http';

/** The gateway alone, over subgraphs in processes of their own. */
async function main(): Promise<void> {
  const config = readConfig();
  const door = await listen(config.host, config.port);
  const transports: { close(): Promise<void> }[] = [];
  const gateway = await startGateway((name) => {
    const transport = overHttp(name, config.subgraphUrls[name]);
    transports.push(transport);
    return transport;
  });
  door.serve(gateway);
  console.log(`gateway ready at http://${config.host}:${door.port}/graphql`);
  const stop = async () => {
    await door.close();
    await gateway.stop();
    await Promise.all(transports.map((transport) => transport.close()));
  };
  process.once('SIGINT', () => void stop()).once('SIGTERM', () => void stop());
}

main().catch(explainFailure);
