import sql from 'sql-template-tag';
import { areaById, type Area } from '../../../shared/areas/areas';
import type { Context } from '../../../shared/graphql/context';
import { aboutOf } from '../../../shared/rights/caller';
import { requireMove, requireVersion } from '../../../shared/writing/life';
import { refuse, Refusals } from '../../../shared/writing/userError';
import { write, type Written } from '../../../shared/writing/write';
import { proposeDuplicates } from '../duplicate/propose';
import { checkHeadcount, checkText, checkWebsite } from './facts';
import type { UpdateStartupInput } from './startup.inputs';
import { statusLife } from './startup.life';
import { lockStartup, SELF_OR_OFFICER } from './startup.rights';

/** Changes the given facts of a startup. */
export async function updateStartup(context: Context, input: UpdateStartupInput): Promise<Written> {
  const area = input.territory == null ? null : await context.loadCopy(areaById, input.territory);
  const refusals = check(input, area);
  return write(context, { mutation: 'updateStartup', input, idempotencyKey: input.idempotencyKey }, async (tx) => {
    const before = await lockStartup(tx, input.id, SELF_OR_OFFICER, ['input', 'id']);
    requireVersion(before.id, before.version, input.version, ['input', 'version']);
    refusals.throwIfAny();
    const { id, name, website, headcount, status, territoryId } = before;
    const after = {
      name: input.name?.trim() ?? name,
      territoryId: input.territory ?? territoryId,
      website: input.website === undefined ? website : input.website,
      headcount: input.headcount === undefined ? headcount : input.headcount,
    };
    const changed = (Object.keys(after) as (keyof typeof after)[]).filter((field) => after[field] !== before[field]);
    // The startup itself may go anywhere. An officer may not send it away: once there, the officer could not bring it back.
    const territories = aboutOf(context.caller, 'TERRITORY_OFFICER');
    if (changed.includes('territoryId') && !before.roles.includes('STARTUP') && !area!.areas.some((one) => territories.includes(one))) {
      throw refuse('FORBIDDEN', ['input', 'territory'], `${JSON.stringify(input.territory)} was given, expected a territory inside ${territories.join(' or ')}.`, id);
    }
    const moved = input.status != null && input.status !== status ? input.status : null;
    if (moved) requireMove(statusLife, status, moved, before.roles, null, ['input', 'status']);
    if (changed.length === 0 && !moved) return id;

    const aliases = [...new Set([...before.aliases, name])].filter((alias) => alias !== after.name);
    const version = before.version + 1;
    await tx.rows(sql`
      update startup set name = ${after.name}, aliases = ${after.name === name ? before.aliases : aliases}::text[], territory_id = ${after.territoryId},
        website = ${after.website}, headcount = ${after.headcount}::int, status = ${moved ?? status}, version = ${version}
      where id = ${id}`);
    if (moved) await tx.step({ subject: statusLife.subject, id, version, from: status, to: moved });
    if (changed.length > 0) await tx.tell({ event: 'startup changed', subject: 'startup', id, version, data: { fields: changed.map((field) => (field === 'territoryId' ? 'territory' : field)) } });
    if (changed.includes('name') || changed.includes('territoryId')) await proposeDuplicates(tx.manager, id);
    return id;
  });
}

function check({ name, territory, website, headcount, status }: UpdateStartupInput, area: Area | null): Refusals {
  const refusals = new Refusals();
  for (const [field, given] of Object.entries({ name, territory, status })) {
    if (given === null) refusals.add('INVALID_VALUE', ['input', field], 'Null was given, expected a value, or nothing to leave it as it is.');
  }
  if (name != null) checkText(name, ['input', 'name'], refusals);
  if (website != null) checkWebsite(website, ['input', 'website'], refusals);
  if (headcount != null) checkHeadcount(headcount, ['input', 'headcount'], refusals);
  if (territory != null && !area) {
    refusals.add('INVALID_VALUE', ['input', 'territory'], `${JSON.stringify(territory)} was given, expected the id of a territory, such as "fr-commune-57463".`);
  }
  return refusals;
}
