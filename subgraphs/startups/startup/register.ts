import sql from 'sql-template-tag';
import { v7 as uuid } from 'uuid';
import { areaById } from '../../../shared/areas/areas';
import type { Context } from '../../../shared/graphql/context';
import { Confidence, type ProvenanceRecord } from '../../../shared/graphql/values';
import { aboutOf } from '../../../shared/rights/caller';
import { Refusals, refuse } from '../../../shared/writing/userError';
import { write, type Transaction, type Written } from '../../../shared/writing/write';
import { classOf } from '../activity/activity.loader';
import { describeScheme } from '../activity/code';
import { proposeDuplicates } from '../duplicate/propose';
import { readRegisterNumber } from '../identity/readRegisterNumber';
import { isNumber } from '../identity/registerNumber';
import type { RegisterScheme } from '../identity/registerScheme';
import { sourceById } from '../../../shared/sources/sources';
import { checkText, checkWebsite } from './facts';
import type { RegisterStartupInput } from './startup.inputs';

interface ReadNumber {
  scheme: RegisterScheme;
  value: string;
  company: string;
}

/** Takes a startup over from a source, unless the hub has it: by one of its numbers, or by its key at the source. */
export async function registerStartup(context: Context, input: RegisterStartupInput): Promise<Written> {
  const refusals = new Refusals();
  const numbers = readNumbers(input, refusals);
  const activities = await readActivities(input, context, refusals);
  await checkFacts(input, context, refusals);
  return write(context, { mutation: 'registerStartup', input, idempotencyKey: input.idempotencyKey }, async (tx) => {
    refusals.throwIfAny();
    await requireNew(tx, numbers, input);
    const id = uuid();
    const provenance: ProvenanceRecord[] = [{ source: input.source, recordId: input.recordId.trim(), retrievedAt: tx.now.toISOString(), confidence: Confidence.STATED }];
    await tx.rows(sql`
      insert into startup (id, name, founded_on, territory_id, website, provenance)
      values (${id}, ${input.name.trim()}, ${input.foundedOn ?? null}, ${input.territory ?? null}, ${input.website ?? null}, ${JSON.stringify(provenance)})`);
    await tx.rows(sql`
      insert into register_id (scheme, value, company, startup_id)
      select distinct scheme, value, company, ${id} from jsonb_to_recordset(${JSON.stringify(numbers)}::jsonb) as r(scheme text, value text, company text)`);
    await tx.rows(sql`
      insert into startup_activity (startup_id, position, scheme, code)
      select ${id}, position - 1, scheme, code from unnest(${activities.map(({ scheme }) => scheme)}::text[], ${activities.map(({ code }) => code)}::text[])
        with ordinality as r(scheme, code, position)`);
    await tx.tell({ event: 'startup registered', subject: 'startup', id, version: 1 });
    await proposeDuplicates(tx.manager, id);
    return id;
  });
}

function readNumbers({ registerIds }: RegisterStartupInput, refusals: Refusals): ReadNumber[] {
  return registerIds.flatMap(({ scheme, value }, at) => {
    const read = readRegisterNumber(scheme, value);
    if (isNumber(read)) return [{ scheme, ...read }];
    refusals.add('INVALID_VALUE', ['input', 'registerIds', String(at), 'value'], `${JSON.stringify(value)} was given, expected ${read.expected}.`);
    return [];
  });
}

/** The activities as their lists write them, each once. */
async function readActivities({ activities }: RegisterStartupInput, context: Context, refusals: Refusals) {
  const found = await Promise.all((activities ?? []).map((activity) => classOf(activity, context)));
  found.forEach((known, at) => {
    const { scheme, code } = activities![at]!;
    if (!known) refusals.add('INVALID_VALUE', ['input', 'activities', String(at), 'code'], `${JSON.stringify(code)} was given, expected a code of ${describeScheme(scheme)}.`);
  });
  return [...new Map(found.flatMap((known) => (known ? [[`${known.scheme} ${known.code}`, known]] : []))).values()];
}

async function checkFacts(input: RegisterStartupInput, context: Context, refusals: Refusals): Promise<void> {
  const { name, territory, foundedOn, website, source, recordId } = input;
  const today = context.now.toISOString().slice(0, 10);
  checkText(name, ['input', 'name'], refusals);
  checkText(recordId, ['input', 'recordId'], refusals);
  if (website != null) checkWebsite(website, ['input', 'website'], refusals);
  if (foundedOn != null && foundedOn > today) refusals.add('INVALID_VALUE', ['input', 'foundedOn'], `${foundedOn} was given, expected a day until ${today}.`);
  const [area, cited] = await Promise.all([territory == null ? null : context.loadCopy(areaById, territory), context.loadCopy(sourceById, source)]);
  if (territory != null && !area) refusals.add('INVALID_VALUE', ['input', 'territory'], `${JSON.stringify(territory)} was given, expected the id of a territory, such as "fr-commune-57463".`);
  if (!cited) refusals.add('INVALID_VALUE', ['input', 'source'], `${JSON.stringify(source)} was given, expected the id of a source: the query \`sources\` lists them.`);
  // A partner registers wherever its import finds startups, an officer in the own territory alone.
  if (aboutOf(context.caller, 'PARTNER').length > 0) return;
  const territories = aboutOf(context.caller, 'TERRITORY_OFFICER');
  if (territories.length === 0) refusals.add('FORBIDDEN', ['input'], 'Partner organisations and officers of territories register startups; a startup’s own key is for its record.');
  else if (territory == null) refusals.add('INVALID_VALUE', ['input', 'territory'], `Nothing was given, expected a territory inside ${territories.join(' or ')}.`);
  else if (area && !area.areas.some((id) => territories.includes(id))) {
    refusals.add('FORBIDDEN', ['input', 'territory'], `${JSON.stringify(territory)} was given, expected a territory inside ${territories.join(' or ')}.`);
  }
}

/** Refuses a startup that the hub has, and answers with it. Of two that come at once, the second waits for the first here. */
async function requireNew(tx: Transaction, numbers: readonly ReadNumber[], { source, recordId }: RegisterStartupInput): Promise<void> {
  const companies = numbers.map(({ company }) => company);
  const taken = [...companies.map((company) => `startup ${company}`), `startup ${source} ${recordId.trim()}`];
  await tx.rows(sql`
    select pg_advisory_xact_lock(key) from (select distinct hashtextextended(name, 0) as key from unnest(${taken}::text[]) as t(name) order by 1) keys`);
  const [numbered] = await tx.rows<{ id: string; company: string }>(sql`
    select coalesce(s.merged_into, s.id) as id, r.company from register_id r join startup s on s.id = r.startup_id
    where r.company = any(${companies}::text[]) order by s.merged_into is null desc, s.id limit 1`);
  if (numbered) {
    const at = companies.indexOf(numbered.company);
    throw refuse('ALREADY_EXISTS', ['input', 'registerIds', String(at)], `${numbers[at]!.scheme} ${numbers[at]!.value} is the number of ${numbered.id}: the same company.`, numbered.id);
  }
  const [imported] = await tx.rows<{ id: string }>(sql`
    select coalesce(s.merged_into, s.id) as id from startup s
    where s.provenance @> ${JSON.stringify([{ source, recordId: recordId.trim() }])}::jsonb order by s.merged_into is null desc, s.id limit 1`);
  if (imported) throw refuse('ALREADY_EXISTS', ['input', 'recordId'], `${JSON.stringify(recordId)} of the source ${source} is ${imported.id}.`, imported.id);
}
