import { Directive } from 'type-graphql';

// How long an answer may be kept, as `@cacheControl` says it: an answer lives as long as the shortest-lived field in it, and a
// type that says nothing is not kept. What changes by a write goes at once, see `gateway/cache/`; these times are for the rest.

/** Registers and what sources said. */
export const KeptAnHour = Directive('@cacheControl(maxAge: 3600)');

/** Records that their owners write. */
export const KeptAMinute = Directive('@cacheControl(maxAge: 60)');

/** What the clock changes without a write: whether an edition is open, an offer past its last day, a startup too old. */
export const KeptBriefly = Directive('@cacheControl(maxAge: 10)');

/** As `KeptBriefly`, and some callers see more than others: kept for the public alone. */
export const KeptForThePublic = Directive('@cacheControl(maxAge: 10, scope: PRIVATE)');

/** Parts of a record: as long as what they are part of. */
export const KeptAsParent = Directive('@cacheControl(inheritMaxAge: true)');

/** One of the above. */
export type Kept = typeof KeptAnHour;
