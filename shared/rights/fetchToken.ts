import { hkdfSync } from 'node:crypto';
import { errors, jwtVerify, SignJWT } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { SubgraphName } from '../config';
import { PUBLIC, type Caller } from './caller';
import { roleNames, scopes, type Scope } from './rights';

// A fetch over the network bears a token that says for whom it is made: signed with the secret that the processes of one
// hub share, for one subgraph, for a minute.

/** What a token opens: a subgraph's schema, or its feeds, which show more than any caller may see. */
export type Audience = SubgraphName | `feeds of ${SubgraphName}`;

const ISSUER = 'sillon-lorrain-hub';
const LIFETIME = 60;
const ALGORITHM = 'HS256';
/** How many tokens a subgraph knows to be good: a gateway sends one for each caller, twice a minute a new one. */
const MOST_KNOWN = 1000;

const callerClaim = z.strictObject({
  partner: z.strictObject({ id: z.string(), name: z.string(), organisation: z.string().nullable() }).nullable(),
  via: z.string().nullable(),
  scopes: z.array(z.enum(Object.keys(scopes) as [Scope, ...Scope[]])),
  grants: z.array(z.strictObject({ role: z.enum(roleNames), about: z.string().nullable() })),
});

const keyOf = (secret: string): Uint8Array => new Uint8Array(hkdfSync('sha256', secret, '', 'fetch token', 32));

/** Signs tokens for one subgraph. One that is still good for half its life is used again for the same caller. */
export function fetchTokens(secret: string, subgraph: Audience): (caller: Caller) => Promise<string> {
  const key = keyOf(secret);
  const signed = new WeakMap<Caller, { token: Promise<string>; until: number }>();
  return (caller) => {
    const known = signed.get(caller);
    if (known && known.until > Date.now()) return known.token;
    const token = new SignJWT({ caller }).setProtectedHeader({ alg: ALGORITHM }).setIssuer(ISSUER).setAudience(subgraph).setIssuedAt().setExpirationTime(`${LIFETIME}s`).sign(key);
    signed.set(caller, { token, until: Date.now() + (LIFETIME * 1000) / 2 });
    return token;
  };
}

/** A fetch without a good token: `why` is fit for whoever sent it. */
export class FetchRefused extends Error {
  constructor(readonly why: string) {
    super(why);
  }
}

/** Reads the `Authorization` header of a fetch; throws FetchRefused. */
export function fetchTokenReader(secret: string, subgraph: Audience): (authorization: string | undefined) => Promise<Caller> {
  const key = keyOf(secret);
  const known = new LRUCache<string, { caller: Caller; until: number }>({ max: MOST_KNOWN });
  return async (authorization = '') => {
    const verified = known.get(authorization);
    if (verified && verified.until > Date.now()) return verified.caller;
    const token = /^Bearer (\S+)$/i.exec(authorization)?.[1];
    if (!token) throw new FetchRefused('This is a subgraph: it answers the gateway of its hub, which signs each fetch. Ask the gateway.');
    try {
      const { payload } = await jwtVerify(token, key, { issuer: ISSUER, audience: subgraph, algorithms: [ALGORITHM], requiredClaims: ['exp', 'iat'], maxTokenAge: LIFETIME });
      const claimed = callerClaim.parse(payload.caller);
      const caller = claimed.partner ? claimed : PUBLIC;
      known.set(authorization, { caller, until: Math.min(payload.exp!, payload.iat! + LIFETIME) * 1000 });
      return caller;
    } catch (error) {
      if (error instanceof errors.JWTExpired) throw new FetchRefused('The token of this fetch has expired.');
      throw new FetchRefused('The token of this fetch is not one of this hub for this subgraph.');
    }
  };
}
