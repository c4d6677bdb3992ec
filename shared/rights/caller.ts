import type { Grant, Role, Scope } from './rights';

/** Who asks, as the gateway found out. */
export interface Caller {
  /** The partner organisation; null for the public. */
  partner: { id: string; name: string; organisation: string | null } | null;
  /** Through what it was recognised: `key <prefix>` or `login <subject>`; never a secret. */
  via: string | null;
  scopes: readonly Scope[];
  grants: readonly Grant[];
}

/** Anybody: reads all that is public. */
export const PUBLIC: Caller = { partner: null, via: null, scopes: [], grants: [] };

/** Ids of what a caller has a role about. */
export const aboutOf = ({ grants }: Caller, role: Role): string[] => grants.flatMap((grant) => (grant.role === role && grant.about !== null ? [grant.about] : []));
