import sql from 'sql-template-tag';
import { v7 as uuid } from 'uuid';
import { areaById } from '../../../shared/areas/areas';
import type { Context } from '../../../shared/graphql/context';
import { organisationById } from '../../../shared/organisations/organisations';
import { checkPerson } from '../../../shared/persons/persons';
import { aboutOf } from '../../../shared/rights/caller';
import { requireVersion } from '../../../shared/writing/life';
import { refuse, Refusals } from '../../../shared/writing/userError';
import { write, type Written } from '../../../shared/writing/write';
import { applicationLife, ApplicationState, isUnderway } from '../application/life';
import { lockApplication } from '../application/move';
import { operatedBy } from '../programme/operator';
import { topicOf } from './expert.loader';
import type { RecordExpertInput } from './expert.type';

/** Records an expert whom the whole network may call on. */
export async function recordExpert(context: Context, input: RecordExpertInput): Promise<Written> {
  const { caller, now } = context;
  const { organisation, territory, langs, person, idempotencyKey } = input;
  const topics = [...new Set(input.topics.map(topicOf))].filter((topic) => topic !== '');
  const [area, employer] = await Promise.all([context.loadCopy(areaById, territory), organisation == null ? null : context.loadCopy(organisationById, organisation)]);
  return write(context, { mutation: 'recordExpert', input, idempotencyKey }, async (tx) => {
    const [operates] = await tx.rows(sql`select 1 from ${operatedBy(aboutOf(caller, 'PARTNER'), now)} p limit 1`);
    if (aboutOf(caller, 'RELAY').length === 0 && !operates) throw refuse('FORBIDDEN', ['input'], 'Expected a relay, or a partner that runs a programme today.');
    const refusals = new Refusals();
    if (organisation != null && !employer) refusals.add('INVALID_VALUE', ['input', 'organisation'], `${JSON.stringify(organisation)} was given, expected the id of an organisation, such as "luxinnovation".`);
    if (!area) refusals.add('INVALID_VALUE', ['input', 'territory'], `${JSON.stringify(territory)} was given, expected the id of a territory, such as "sillon-lorrain".`);
    if (langs.length === 0) refusals.add('INVALID_VALUE', ['input', 'langs'], 'None was given, expected at least one language.');
    if (topics.length === 0) refusals.add('INVALID_VALUE', ['input', 'topics'], 'None was given, expected at least one topic.');
    if (person) checkPerson(person, ['input', 'person'], now, refusals);
    refusals.throwIfAny();
    const id = uuid();
    await tx.rows(sql`
      insert into expert (id, organisation_id, territory_id, langs, topics, created_at)
      values (${id}, ${organisation ?? null}, ${territory}, ${[...new Set(langs)]}::text[], ${topics}::text[], ${now})`);
    if (person) {
      await tx.rows(sql`
        insert into expert_person (id, expert_id, name, email, basis, purpose, erase_after)
        values (${uuid()}, ${id}, ${person.name.trim()}, ${person.email ?? null}, ${person.basis}, ${person.purpose.trim()}, ${person.eraseAfter})`);
    }
    await tx.tell({ event: 'expert recorded', subject: 'expert', id });
    return id;
  });
}

export interface ExpertCall {
  application: string;
  experts: string[];
  version: number;
  idempotencyKey?: string | null | undefined;
}

/** Calls experts to an application that is under way; those called already stay. */
export async function callExperts(context: Context, { idempotencyKey, ...input }: ExpertCall): Promise<Written> {
  const { application: id, version } = input;
  const experts = [...new Set(input.experts)];
  return write(context, { mutation: 'callExperts', input, idempotencyKey }, async (tx) => {
    const { state, as, version: current } = await lockApplication(tx, context, id, ['application']);
    if (!as.includes('RELAY') && !as.includes('PARTNER')) throw refuse('FORBIDDEN', ['application'], 'Experts are called by the relay or by who runs the programme.', id);
    requireVersion(id, current, version);
    if (state === ApplicationState.DRAFT || !isUnderway(state)) throw refuse('INVALID_MOVE', ['application'], `The application is ${state}, expected one that is handed in and under way.`, id);
    if (experts.length === 0) throw refuse('INVALID_VALUE', ['experts'], 'None was given, expected at least one expert.', id);
    const known = new Set((await tx.rows<{ id: string }>(sql`select id from expert where id = any(${experts}::text[])`)).map((row) => row.id));
    const refusals = new Refusals();
    experts.filter((one) => !known.has(one)).forEach((one) => refusals.add('NOT_FOUND', ['experts'], `There is no expert ${JSON.stringify(one)}.`));
    refusals.throwIfAny();
    await tx.rows(sql`
      insert into application_expert (application_id, expert_id, called_at)
      select ${id}, expert, ${context.now} from unnest(${experts}::text[]) expert on conflict do nothing`);
    await tx.rows(sql`update application set version = version + 1 where id = ${id}`);
    await tx.tell({ event: 'experts called', subject: applicationLife.subject, id, version: version + 1, data: { experts } });
    return id;
  });
}
