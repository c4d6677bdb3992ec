import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { once } from 'node:events';

/** What a proxy does with a fetch. `pass` sends it on. */
export type Mischief = (pass: () => void, response: ServerResponse, request: IncomingMessage) => void;

/** An HTTP proxy in front of a subgraph that does mischief with its GraphQL answers. */
export async function startProxy(target: string): Promise<{ address: string; mischief: Mischief; close(): Promise<void> }> {
  const { port } = new URL(target);
  const proxy = {
    address: '',
    mischief: ((pass) => pass()) as Mischief,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  const server = createServer((incoming, response) => {
    const pass = () => {
      const onward = request({ port, host: '127.0.0.1', path: incoming.url, method: incoming.method, headers: incoming.headers }, (answer) => {
        response.writeHead(answer.statusCode!, answer.headers);
        answer.pipe(response);
      });
      onward.on('error', () => response.destroy());
      response.on('close', () => onward.destroy());
      incoming.pipe(onward);
    };
    if (incoming.url === '/graphql') proxy.mischief(pass, response, incoming);
    else pass();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  proxy.address = `http://127.0.0.1:${(server.address() as { port: number }).port}/graphql`;
  return proxy;
}
