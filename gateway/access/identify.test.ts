import { createServer, type Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey } from 'jose';
import { Client } from 'pg';
import { useHub } from '../../test/testkit/hub';
import { identifier, type Identify } from './identify';

const hub = useHub();
const asked = '{ sources { id } }';
const status = async (key: string) => (await hub.ask(asked, { key })).status;
const prefixOf = (key: string) => key.split('_')[1]!;

describe('a key', () => {
  it('is kept as a hash alone', async () => {
    const key = await hub.partner([['STEWARD']]);
    const client = new Client({ connectionString: hub.databaseUrl });
    await client.connect();
    const { rows } = await client.query('select k::text as row from access.api_key k union all select a::text from access.audit a');
    await client.end();
    const kept = rows.map(({ row }) => row).join('\n');
    expect(kept).toContain(prefixOf(key));
    expect(kept).not.toContain(key.slice(`hub_${prefixOf(key)}_`.length));
  });

  it('is refused when a letter is wrong, when it is expired, and when its scheme is another', async () => {
    const key = await hub.partner([['STEWARD']]);
    expect(await status(key)).toBe(200);
    const { prefix } = await hub.hub.access.createKey((await hub.hub.access.findKey(prefixOf(key)))!.partner.id, null, null);
    // The secret of one key with the prefix of another.
    expect(await status(key.replace(prefixOf(key), prefix))).toBe(401);
    const { id } = (await hub.hub.access.findKey(prefix))!.partner;
    await expect(hub.hub.access.createKey(id, null, new Date(Date.now() - 1000))).rejects.toThrow(/expired already/);
    const late = await hub.hub.access.createKey(id, null, new Date(Date.now() + 200));
    await pause(250);
    expect(await status(late.key)).toBe(401);
    const basic = await fetch(`${hub.hub.url}/graphql?query=${encodeURIComponent(asked)}`, { headers: { authorization: `Basic ${key}`, 'apollo-require-preflight': 'yes' } });
    expect(basic.status).toBe(401);
    expect(basic.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect(await basic.text()).not.toContain(key);
  });

  it('once revoked is refused within seconds; the one in its place is good, and the old one too for the overlap', async () => {
    const first = await hub.partner([['STEWARD']]);
    expect(await status(first)).toBe(200);
    const second = await hub.hub.access.rotateKey(prefixOf(first), 3600);
    expect(await status(second.key)).toBe(200);
    await pause(2100);
    expect(await status(first)).toBe(200);
    const third = await hub.hub.access.rotateKey(second.prefix, 0);
    await hub.hub.access.revokeKey(prefixOf(first));
    await pause(2100);
    expect([await status(first), await status(second.key), await status(third.key)]).toEqual([401, 401, 200]);
    for (const { prefix } of [{ prefix: prefixOf(first) }, second]) await expect(hub.hub.access.rotateKey(prefix, 3600)).rejects.toThrow(/is (revoked|expired)/);
  });

  it('knows when it was last used, and takes a role that is given or taken away', async () => {
    const key = await hub.partner([['ADMIN']]);
    const see = async () => (await hub.ask('{ audit { jobs { totalCount } } }', { key })).data.audit;
    expect(await see()).not.toBeNull();
    await pause(50);
    const known = (await hub.hub.access.findKey(prefixOf(key)))!;
    expect(Date.now() - known.lastUsedAt!.getTime()).toBeLessThan(10_000);
    await hub.hub.access.revokeGrant(known.partner.id, { role: 'ADMIN', about: null });
    await pause(2100);
    expect(await see()).toBeNull();
  });

  it('is guessed from one address ten times a minute at most; a good one passes meanwhile, and the public', async () => {
    const identify = identifier(hub.hub.access, null);
    const good = await hub.partner([['STEWARD']]);
    const bad = `Bearer hub_aaaaaaaa_${'x'.repeat(43)}`;
    for (let at = 0; at < 10; at++) await expect(identify(bad, '192.0.2.1')).rejects.toMatchObject({ status: 401 });
    await expect(identify(bad, '192.0.2.1')).rejects.toMatchObject({ status: 429, code: 'TOO_MANY_FAILURES' });
    expect((await identify(`Bearer ${good}`, '192.0.2.1')).scopes).toEqual(['startups:steward']);
    expect((await identify(undefined, '192.0.2.1')).partner).toBeNull();
  });

  it('cannot be checked while the database is away: that is said, and is no failure of the caller', async () => {
    const store = { findKey: () => Promise.reject(new Error('connect ECONNREFUSED 10.0.0.1:5432')) };
    await expect(identifier(store as never, null)(`Bearer hub_aaaaaaaa_${'x'.repeat(43)}`, '192.0.2.3')).rejects.toMatchObject({ status: 503, message: expect.not.stringContaining('10.0.0.1') });
  });
});

describe('a token of an OpenID provider', () => {
  let provider: Server;
  let jwks: string;
  let privateKey: CryptoKey;
  let identify: Identify;
  const issuer = 'https://login.example.org';
  const audience = 'https://hub.example.org';
  let address = 0;
  const who = async (token: string) => identify(`Bearer ${token}`, `192.0.2.${100 + address++}`);
  const token = (claims: object = {}, changes: { issuer?: string; audience?: string; subject?: string; until?: string; key?: CryptoKey } = {}) =>
    new SignJWT({ ...claims })
      .setProtectedHeader({ alg: 'RS256', kid: 'one' })
      .setIssuer(changes.issuer ?? issuer)
      .setAudience(changes.audience ?? audience)
      .setSubject(changes.subject ?? 'person-7')
      .setIssuedAt()
      .setExpirationTime(changes.until ?? '5m')
      .sign(changes.key ?? privateKey);

  beforeAll(async () => {
    const pair = await generateKeyPair('RS256', { extractable: true });
    privateKey = pair.privateKey;
    const key = { ...(await exportJWK(pair.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' };
    provider = createServer((_, response) => response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [key] })));
    await new Promise<void>((resolve) => provider.listen(0, '127.0.0.1', resolve));
    jwks = `http://127.0.0.1:${(provider.address() as { port: number }).port}/jwks`;
    await hub.hub.access.addPartner('with-login', 'With a login', null);
    await hub.hub.access.grant('with-login', { role: 'TERRITORY_OFFICER', about: 'sillon-lorrain' });
    await hub.hub.access.addLogin('with-login', issuer, 'person-7');
    identify = identifier(hub.hub.access, { issuer, audience, jwks });
  });
  afterAll(() => provider.close());

  it('has the roles of the partner that it acts as; one that names scopes has no more than these', async () => {
    const caller = await who(await token());
    expect(caller).toMatchObject({ partner: { id: 'with-login' }, via: expect.stringMatching(/^login [0-9a-f]{12}$/), grants: [{ role: 'TERRITORY_OFFICER', about: 'sillon-lorrain' }] });
    expect(caller.scopes).toContain('startups:support');
    expect((await who(await token({ scope: 'openid territories:write audit:read' }))).scopes).toEqual(['territories:write']);
  });

  it('belongs to one partner until that is ended', async () => {
    const person = 'ended@example.org';
    await hub.hub.access.addPartner('to-end', 'To end', null);
    await hub.hub.access.addLogin('to-end', issuer, person);
    await expect(hub.hub.access.addLogin('with-login', issuer, person)).rejects.toThrow(/acts as a partner already/);
    await hub.hub.access.removePartner('to-end');
    await expect(who(await token({}, { subject: person }))).rejects.toMatchObject({ status: 401 });
    await expect(hub.hub.access.removeLogin(issuer, person)).rejects.toThrow(/acts as no partner/);
  });

  it('is refused when it is expired, of another issuer, for another audience, of an unknown person, signed by another, or not signed', async () => {
    const other = await generateKeyPair('RS256');
    const good = await token();
    const [head, , signature] = good.split('.');
    const tampered = [head, Buffer.from(JSON.stringify({ iss: issuer, aud: audience, sub: 'admin', exp: 4_000_000_000 })).toString('base64url'), signature].join('.');
    const refused = [
      await token({}, { until: '-1m' }),
      await token({}, { issuer: 'https://elsewhere.example.org' }),
      await token({}, { audience: 'https://other.example.org' }),
      await token({}, { subject: 'person-8' }),
      await token({}, { key: other.privateKey }),
      tampered,
      new UnsecuredJWT({}).setIssuer(issuer).setAudience(audience).setSubject('person-7').setExpirationTime('5m').encode(),
      await new SignJWT({}).setProtectedHeader({ alg: 'HS256', kid: 'one' }).setIssuer(issuer).setAudience(audience).setSubject('person-7').setExpirationTime('5m').sign(new TextEncoder().encode(JSON.stringify(await exportJWK(privateKey)))),
      'not-a-token',
    ];
    for (const one of refused) await expect(who(one)).rejects.toMatchObject({ status: 401 });
  });

  it('cannot be checked while the provider is away', async () => {
    const away = identifier(hub.hub.access, { issuer, audience, jwks: 'http://127.0.0.1:9/jwks' });
    await expect(away(`Bearer ${await token()}`, '192.0.2.99')).rejects.toMatchObject({ status: 503 });
  });
});
