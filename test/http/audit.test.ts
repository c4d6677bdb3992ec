import { serverAudits } from 'graphql-http';
import { useHub } from '../testkit/hub';

const hub = useHub();

/**
 * What the hub does not follow, and why. With `accept: application/json` the specification wants 200 for what cannot be parsed,
 * validated or coerced: the hub answers 400 there too, as Apollo Server always has, so that proxies, logs and clients that look
 * at the status alone do not take a refusal for an answer. Whoever accepts application/graphql-response+json gets 400 by the specification.
 */
const NOT_FOLLOWED = ['572B', 'FDE2', '7B9B'];

const audits = serverAudits({ url: () => `${hub.hub.url}/graphql`, fetchFn: fetch });

it.each(audits.map((audit) => [audit.id, audit.name, audit] as const))('%s %s', async (id, name, audit) => {
  const { status } = await audit.fn();
  if (NOT_FOLLOWED.includes(id)) expect([name.split(' ')[0], status]).toEqual(['SHOULD', 'warn']);
  // What the specification only allows: GET needs a header that a foreign page cannot send, see README.
  else if (name.startsWith('MAY')) expect(['ok', 'notice']).toContain(status);
  else expect(status).toBe('ok');
});
