import { createServer, STATUS_CODES, type RequestListener, type Server } from 'node:http';
import { answerOf, Refusal } from './graphqlEndpoint';

/** How long a request may take to come in, its body too, in milliseconds: one that never ends would hold its connection for ever. */
const PATIENCE = 20_000;

/** A server that gives up on requests that do not come to an end, and tells in GraphQL's form of those that Node cannot read. */
export function createPatientServer(listener: RequestListener): Server {
  const server = createServer({ headersTimeout: PATIENCE, requestTimeout: PATIENCE, connectionsCheckingInterval: 1000 }, listener);
  return server.on('clientError', ({ code }: NodeJS.ErrnoException, socket) => {
    if (!socket.writable || code === 'ECONNRESET') return void socket.destroy();
    const { status, headers, body } = answerOf(refusalOf(code));
    const lines = Object.entries({ ...headers, connection: 'close', 'content-length': Buffer.byteLength(body) }).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`);
  });
}

function refusalOf(code: string | undefined): Refusal {
  if (code === 'HPE_HEADER_OVERFLOW') return new Refusal(431, 'BAD_REQUEST', 'The headers or the address are too long.');
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return new Refusal(408, 'BAD_REQUEST', `The request did not come to an end in ${PATIENCE / 1000} seconds.`);
  return new Refusal(400, 'BAD_REQUEST', 'This is no HTTP.');
}
