// Who may do what: the one table from which keys, gateway and subgraphs decide.

/** What a caller may ask for; `@requiresScopes` names them in the schema. */
export const scopes = {
  'territories:write': 'record statements',
  'startups:write': 'register startups and change their records',
  'startups:support': 'take startups from one stage of support to the next',
  'startups:steward': 'decide whether two records are the same company',
  'contacts:read': 'read persons: contacts of startups, applicants',
  'contacts:write': 'record and remove contacts of startups',
  'applications:read': 'read applications and pipelines',
  'applications:submit': 'draft and submit applications',
  'applications:manage': 'move applications, call experts',
  'applications:jury': 'read and give scores',
  'programmes:write': 'move editions',
  'challenges:write': 'publish and move challenges',
  'challenges:answer': 'answer challenges',
  'challenges:read': 'read the answers to challenges',
  'jobs:write': 'publish and move job offers',
  'audit:read': 'read who did what',
} as const;

export type Scope = keyof typeof scopes;

/** What a role is about: the ids of which records bound it, `null` for a role over the whole hub. */
export interface RoleDefinition {
  about: 'startup' | 'relay' | 'organisation' | 'territory' | null;
  scopes: readonly Scope[];
  /** Scopes that a key of the role has only when it was made with them by name. */
  byNameOnly?: readonly Scope[];
}

export const roles = {
  /** Its own record, offers, contacts, applications, answers. */
  STARTUP: {
    about: 'startup',
    scopes: ['startups:write', 'contacts:read', 'contacts:write', 'applications:read', 'applications:submit', 'challenges:answer', 'challenges:read', 'jobs:write'],
  },
  /** The applications that come through it. */
  RELAY: {
    about: 'relay',
    scopes: ['contacts:read', 'applications:read', 'applications:submit', 'applications:manage', 'applications:jury'],
    byNameOnly: ['applications:jury'],
  },
  /** The programmes that it operates, its challenges, its offers, its imports. */
  PARTNER: {
    about: 'organisation',
    scopes: ['startups:write', 'jobs:write', 'programmes:write', 'challenges:write', 'challenges:read', 'applications:read', 'applications:manage', 'applications:jury'],
    byNameOnly: ['applications:jury'],
  },
  /** Its territory and everything inside it. */
  TERRITORY_OFFICER: { about: 'territory', scopes: ['territories:write', 'startups:write', 'startups:support', 'contacts:read', 'contacts:write'] },
  STEWARD: { about: null, scopes: ['startups:steward'] },
  ADMIN: { about: null, scopes: ['audit:read'] },
} as const satisfies Record<string, RoleDefinition>;

export type Role = keyof typeof roles;
export const roleNames = Object.keys(roles) as Role[];

/** A role with what it is about: `null` for one over the whole hub. */
export interface Grant {
  role: Role;
  about: string | null;
}

/** All scopes that the roles can have; those to be given by name only among them where `named` has them. */
export function scopesOf(grants: readonly Grant[], named: readonly string[] | null): Scope[] {
  const possible = new Set(grants.flatMap(({ role }) => [...roles[role].scopes]));
  const byName = new Set<Scope>(grants.flatMap(({ role }) => [...((roles[role] as RoleDefinition).byNameOnly ?? [])]));
  return [...possible].filter((scope) => (named ? named.includes(scope) : !byName.has(scope))).sort();
}
