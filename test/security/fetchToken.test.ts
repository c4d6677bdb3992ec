import { createSecretKey, hkdfSync } from 'node:crypto';
import { SignJWT } from 'jose';
import { subgraphNames, type SubgraphName } from '../../shared/config';
import { PUBLIC, type Caller } from '../../shared/rights/caller';
import { fetchTokens } from '../../shared/rights/fetchToken';
import { SECRET, useDistributed } from '../testkit/distributed';
import { useHub } from '../testkit/hub';

const together = useHub();
const apart = useDistributed(together);

const ADMIN: Caller = { partner: { id: 'forged', name: 'Forged', organisation: null }, via: 'key x', scopes: ['audit:read'], grants: [{ role: 'ADMIN', about: null }] };
const everything = 'query { _service { sdl } __typename }';

async function fetchFrom(name: SubgraphName, token: string | null, query = everything) {
  const response = await fetch(apart.addresses[name], {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token === null ? {} : { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, body: await response.text() };
}
const feed = (name: SubgraphName, topic: string, token: string | null) =>
  fetch(new URL(`/feeds/${topic}`, apart.addresses[name]), { headers: token === null ? {} : { authorization: `Bearer ${token}` } });

const key = (secret: string) => createSecretKey(Buffer.from(hkdfSync('sha256', secret, '', 'fetch token', 32)));
const sign = (claims: object, { audience = 'jobs', issuer = 'sillon-lorrain-hub', issuedAt = 0, lifetime = 60, secret = SECRET } = {}) => {
  const now = Math.floor(Date.now() / 1000) + issuedAt;
  return new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256' }).setIssuer(issuer).setAudience(audience).setIssuedAt(now).setExpirationTime(now + lifetime).sign(key(secret));
};
const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

it.each(subgraphNames)('%s answers the gateway of its hub alone: neither schema nor feeds without a token', async (name) => {
  const without = await fetchFrom(name, null);
  expect(without.status).toBe(401);
  expect(JSON.parse(without.body).errors[0].extensions.code).toBe('UNAUTHENTICATED');
  expect(without.body).not.toMatch(/type |Query/);
  expect((await feed(name, 'outbox', null)).status).toBe(401);
  expect((await feed(name, 'nothing', null)).status).toBe(401);
  const token = await fetchTokens(SECRET, name)(PUBLIC);
  expect((await fetchFrom(name, token)).body).toContain('@key');
  // The feeds show more than any caller may see: a token for the schema does not open them, nor the other way round.
  const feedToken = await fetchTokens(SECRET, `feeds of ${name}`)(PUBLIC);
  expect([(await feed(name, 'outbox', token)).status, (await feed(name, 'outbox', feedToken)).status, (await fetchFrom(name, feedToken)).status]).toEqual([401, 200, 401]);
});

it('refuses a token that is expired, too old, foreign, tampered with, unsigned, or made for another subgraph', async () => {
  const good = await sign({ caller: ADMIN });
  expect((await fetchFrom('jobs', good, '{ audit { jobs { totalCount } } }')).body).toMatch(/"totalCount":\d/);
  const [head, , signature] = (await sign({ caller: PUBLIC })).split('.');
  const now = Math.floor(Date.now() / 1000);
  const claims = encode({ caller: ADMIN, iss: 'sillon-lorrain-hub', aud: 'jobs', iat: now, exp: now + 60 });
  const refused: Record<string, string> = {
    expired: await sign({ caller: ADMIN }, { issuedAt: -120 }),
    'longer than a minute': await sign({ caller: ADMIN }, { issuedAt: -120, lifetime: 3600 }),
    'of another hub': await sign({ caller: ADMIN }, { secret: 'the secret of another hub, of 32 characters' }),
    'of another issuer': await sign({ caller: ADMIN }, { issuer: 'elsewhere' }),
    'for another subgraph': await sign({ caller: ADMIN }, { audience: 'startups' }),
    'with other claims under the same signature': `${head}.${claims}.${signature}`,
    unsigned: `${encode({ alg: 'none' })}.${claims}.`,
    'without a caller': await sign({}),
    'with a scope that does not exist': await sign({ caller: { ...ADMIN, scopes: ['everything'] } }),
    'signed with the secret itself': await new SignJWT({ caller: ADMIN }).setProtectedHeader({ alg: 'HS256' }).setIssuer('sillon-lorrain-hub').setAudience('jobs').setIssuedAt().setExpirationTime('1m').sign(new TextEncoder().encode(SECRET)),
    'no token at all': 'x',
  };
  for (const [what, token] of Object.entries(refused)) {
    const { status, body } = await fetchFrom('jobs', token, '{ audit { jobs { totalCount } } }');
    expect([what, status]).toEqual([what, 401]);
    expect(body).not.toMatch(/totalCount|secret/);
  }
});

it('a token of nobody in particular opens no protected field, and scopes without a partner count for nothing', async () => {
  for (const caller of [PUBLIC, { ...PUBLIC, scopes: ADMIN.scopes, grants: ADMIN.grants }]) {
    const { body } = await fetchFrom('jobs', await sign({ caller }), '{ audit { jobs { totalCount } } }');
    expect(JSON.parse(body)).toMatchObject({ data: { audit: null }, errors: [{ path: ['audit'], extensions: { code: 'UNAUTHENTICATED', scopes: ['audit:read'] } }] });
  }
});

it('the gateway asks with a token for each subgraph, and who asks reaches each of them', async () => {
  const admin = await together.partner([['ADMIN']]);
  const query = '{ audit { territories { totalCount } startups { totalCount } programmes { totalCount } jobs { totalCount } } }';
  expect((await apart.ask(query, { key: admin })).data.audit).toEqual({ territories: { totalCount: expect.any(Number) }, startups: { totalCount: expect.any(Number) }, programmes: { totalCount: expect.any(Number) }, jobs: { totalCount: expect.any(Number) } });
  expect((await apart.ask(query)).data.audit).toBeNull();
  expect((await apart.ask('{ _service { sdl } }')).status).toBe(400);
  expect((await apart.ask('{ _entities(representations: []) { __typename } }')).status).toBe(400);
});

it('a key that is revoked in one process is refused by the others within seconds', async () => {
  const admin = await together.partner([['ADMIN']]);
  expect((await apart.ask('{ sources { id } }', { key: admin })).status).toBe(200);
  await together.hub.access.revokeKey(admin.split('_')[1]!);
  await new Promise((resolve) => setTimeout(resolve, 2200));
  expect((await apart.ask('{ sources { id } }', { key: admin })).status).toBe(401);
});
