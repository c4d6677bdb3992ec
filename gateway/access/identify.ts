import { timingSafeEqual } from 'node:crypto';
import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import { RateLimiterMemory, type RateLimiterRes } from 'rate-limiter-flexible';
import { PUBLIC, type Caller } from '../../shared/rights/caller';
import { scopes, scopesOf } from '../../shared/rights/rights';
import { loginName, readKey, type AccessStore, type KeyRecord, type Partner } from './store';

/** Finds out who sends a request, by its `Authorization` header. */
export type Identify = (authorization: string | undefined, address: string) => Promise<Caller>;

/** Where the tokens of an OpenID provider come from and how they are checked. */
export interface OpenIdProvider {
  issuer: string;
  audience: string;
  /** Address of its public keys. */
  jwks: string;
}

/** Credentials that nobody is recognised by; the message is fit for whoever sent them. */
export class AccessRefused extends Error {
  constructor(
    readonly status: 401 | 429 | 503,
    readonly code: 'UNAUTHENTICATED' | 'TOO_MANY_FAILURES' | 'ACCESS_UNAVAILABLE',
    message: string,
    readonly retryAfterSeconds: number | null = null,
  ) {
    super(message);
  }
}

/** How long a key or login that was looked up is taken for granted, in milliseconds: a revocation holds after that. */
const REMEMBERED = 2000;
const MOST_REMEMBERED = 10_000;
/** Failures that an address has in a minute before it is told to wait. */
const FAILURES = 10;
/** Signatures with a public key alone: a token signed with a common secret could be anybody's. */
const SIGNED_WITH = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'];

export function identifier(store: AccessStore | null, provider: OpenIdProvider | null): Identify {
  const failures = new RateLimiterMemory({ points: FAILURES, duration: 60 });
  const keys = remembering((prefix) => store!.findKey(prefix));
  const logins = remembering((subject) => store!.findLogin(provider!.issuer, subject));
  const jwks = provider && createRemoteJWKSet(new URL(provider.jwks), { timeoutDuration: 3000, cooldownDuration: 10_000 });

  async function byKey(text: string): Promise<Caller | null> {
    const given = readKey(text);
    if (!given || !store) return null;
    const known = await keys(given.prefix);
    if (!known || !timingSafeEqual(known.value.hash, given.hash) || known.value.revokedAt) return null;
    const { value: key } = known;
    if (key.expiresAt && key.expiresAt <= new Date()) return null;
    markUsed(store, key);
    return (known.caller ??= callerOf(key.partner, `key ${key.prefix}`, key.scopes));
  }

  async function byToken(text: string): Promise<Caller | null> {
    if (!provider || !jwks || !store) return null;
    const verified = await jwtVerify(text, jwks, { issuer: provider.issuer, audience: provider.audience, algorithms: SIGNED_WITH, requiredClaims: ['sub', 'exp'] }).catch((error: unknown) => {
      // The provider's keys could not be had: not the caller's fault.
      if (!(error instanceof errors.JOSEError) || error instanceof errors.JWKSTimeout || error.code === 'ERR_JOSE_GENERIC') throw error;
      return null;
    });
    if (!verified) return null;
    const { sub, scope } = verified.payload;
    const known = await logins(sub!);
    if (!known) return null;
    // A token that names scopes of the hub is for these only; one of a provider that knows none of them has those of its partner.
    const named = typeof scope === 'string' ? scope.split(' ').filter((one) => Object.hasOwn(scopes, one)) : [];
    return callerOf(known.value, loginName(provider.issuer, sub!), named.length > 0 ? named : null);
  }

  return async (authorization, address) => {
    if (authorization === undefined) return PUBLIC;
    const text = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    let caller: Caller | null = null;
    try {
      if (text) caller = text.startsWith('hub_') ? await byKey(text) : await byToken(text);
    } catch {
      throw new AccessRefused(503, 'ACCESS_UNAVAILABLE', 'Keys and tokens cannot be checked at the moment. What is public can be read without one.', 5);
    }
    if (caller) return caller;
    // Good credentials pass whatever else comes from the address: behind a proxy many share one. What slows down is guessing.
    const before = await failures.consume(address).catch((full: RateLimiterRes) => full);
    if (before.consumedPoints > FAILURES) {
      throw new AccessRefused(429, 'TOO_MANY_FAILURES', 'Too many credentials were refused from this address: wait before the next try.', Math.ceil(before.msBeforeNext / 1000));
    }
    throw new AccessRefused(401, 'UNAUTHENTICATED', 'The key or token is not valid: it is unknown, expired or revoked. Expected "Authorization: Bearer <key>".');
  };
}

function callerOf({ id, name, organisation, grants }: Partner, via: string, named: readonly string[] | null): Caller {
  return { partner: { id, name, organisation }, via, scopes: scopesOf(grants, named), grants };
}

const MINUTE = 60_000;
function markUsed(store: AccessStore, key: KeyRecord): void {
  const now = Date.now();
  if (key.lastUsedAt && now - key.lastUsedAt.getTime() < MINUTE) return;
  key.lastUsedAt = new Date(now);
  void store.keyUsed(key.prefix).catch(() => undefined);
}

interface Remembered<Value> {
  value: Value;
  caller?: Caller;
}

/** Looks up each key once in a while; what nobody has is looked up every time. */
function remembering<Value>(find: (key: string) => Promise<Value | null>): (key: string) => Promise<Remembered<Value> | null> {
  const known = new Map<string, { found: Promise<Remembered<Value> | null>; until: number }>();
  return async (key) => {
    const now = Date.now();
    const before = known.get(key);
    if (before && before.until > now) return before.found;
    if (known.size >= MOST_REMEMBERED) known.clear();
    const found = find(key).then((value) => (value === null ? null : { value }));
    known.set(key, { found, until: now + REMEMBERED });
    const forget = () => known.delete(key);
    found.then((one) => one ?? forget(), forget);
    return found;
  };
}
