import sql from 'sql-template-tag';
import { v7 as uuid } from 'uuid';
import { areaById, type Area } from '../../../shared/areas/areas';
import type { Context } from '../../../shared/graphql/context';
import { Confidence } from '../../../shared/graphql/values';
import { sourceById } from '../../../shared/sources/sources';
import { refuse, Refusals } from '../../../shared/writing/userError';
import { write, type Transaction, type Written } from '../../../shared/writing/write';
import { expectedCode, occupationByCode, type OccupationSpan } from '../occupation/occupation.loader';
import { employerById, type EmployerRecord } from '../references/employer';
import { yearlyGross } from '../salary/yearlyGross';
import { checkOffer } from './offer.check';
import { JobOfferEntity } from './offer.entity';
import type { PublishJobOfferInput } from './offer.input';
import { JobState, WorkTime } from './offer.kinds';
import { offerLife } from './offer.life';

/** What an offer refers to, as far as the hub knows it. */
interface Referred {
  employer: EmployerRecord | null;
  area: Area | null;
  source: { id: string } | null;
  occupation: OccupationSpan | null;
}

/** Takes over a new offer. */
export async function publishOffer(context: Context, input: PublishJobOfferInput): Promise<Written> {
  const [employer, area, source, occupation] = await Promise.all([
    context.loadCopy(employerById, input.employer),
    context.loadCopy(areaById, input.territory),
    context.loadCopy(sourceById, input.source),
    input.occupation ? occupationByCode(input.occupation, context) : null,
  ]);
  return write(context, { mutation: 'publishJobOffer', input, idempotencyKey: input.idempotencyKey }, async (tx) => {
    const referred = { employer, area, source, occupation };
    check(input, referred, tx.now);
    const offer = recordOf(input, referred as Whole, tx.now);
    await insertOnce(tx, offer);
    await tx.step({ subject: offerLife.subject, id: offer.id, version: offer.version, from: null, to: offer.state });
    return offer.id;
  });
}

type Whole = Referred & { employer: EmployerRecord; area: Area };

/** Refuses with all that is wrong. */
function check(input: PublishJobOfferInput, { employer, area, source, occupation }: Referred, now: Date): void {
  const refusals = new Refusals();
  if (!employer) refusals.add('NOT_FOUND', ['input', 'employer'], `${JSON.stringify(input.employer)} was given, expected the id of a startup or of an organisation.`);
  else if (employer.roles.length === 0) refusals.add('FORBIDDEN', ['input', 'employer'], 'The caller does not speak for this employer.');
  if (!area) refusals.add('NOT_FOUND', ['input', 'territory'], `${JSON.stringify(input.territory)} was given, expected the id of a territory, such as "fr-commune-57672".`);
  if (!source) refusals.add('NOT_FOUND', ['input', 'source'], `${JSON.stringify(input.source)} was given, expected the id of a source: the query \`sources\` lists them.`);
  if (input.occupation && !occupation) {
    refusals.add('INVALID_VALUE', ['input', 'occupation', 'code'], `${JSON.stringify(input.occupation.code)} was given, expected ${expectedCode(input.occupation.scheme)}.`);
  }
  checkOffer(input, now, refusals);
  refusals.throwIfAny();
}

function recordOf(input: PublishJobOfferInput, { employer, area, occupation }: Whole, now: Date): JobOfferEntity {
  const { salary, draft } = input;
  const yearly = salary && yearlyGross({ ...salary, partTime: input.workTime === WorkTime.PART_TIME, country: area.country });
  return {
    id: uuid(),
    title: input.title.trim(),
    lang: input.lang,
    description: input.description.trim(),
    startupId: employer.startupId,
    organisationId: employer.organisationId,
    employerName: employer.names[0]?.value ?? employer.id,
    occupationId: occupation?.id ?? null,
    skills: (input.skills ?? []).map((skill) => skill.trim()),
    contract: input.contract,
    contractAsStated: input.contractAsStated.trim(),
    workTime: input.workTime,
    remote: input.remote,
    salaryMin: salary?.min ?? null,
    salaryMax: salary?.max ?? null,
    salaryCurrency: salary?.currency ?? null,
    salaryPeriod: salary?.period ?? null,
    salaryGross: salary?.gross ?? null,
    salaryMonths: salary?.monthsPerYear ?? null,
    weeklyHours: salary?.weeklyHours ?? null,
    salaryAsStated: salary?.asStated ?? null,
    yearlyGrossMin: yearly?.min ?? null,
    yearlyGrossMax: yearly?.max ?? null,
    languages: (input.languages ?? []).map(({ language, level, required }) => ({ language, level: level ?? null, required })),
    territoryId: area.id,
    lat: null,
    lon: null,
    state: draft ? JobState.DRAFT : JobState.PUBLISHED,
    publishedAt: draft ? null : now,
    validThrough: input.validThrough,
    applyUrl: input.applyUrl ?? null,
    provenance: { source: input.source, recordId: input.recordId, retrievedAt: now.toISOString(), confidence: Confidence.STATED },
    version: 1,
  };
}

/** Writes an offer, or refuses a second one of the same record of its employer: that of a write under way is waited for. */
async function insertOnce({ manager, rows }: Transaction, offer: JobOfferEntity): Promise<void> {
  const { startupId, organisationId, provenance: { source, recordId } } = offer;
  // Offers of a record that was merged into the employer's keep the id of the old one.
  const taken = () => rows<{ id: string }>(sql`
    select id from job_offer where provenance ->> 'source' = ${source} and provenance ->> 'recordId' = ${recordId}
      and (organisation_id = ${organisationId} or startup_id in (select id from startup where ${startupId} in (id, merged_into)))`);
  let [first] = await taken();
  if (!first) {
    const { raw } = await manager.createQueryBuilder().insert().into(JobOfferEntity).values(offer).orIgnore().updateEntity(false).returning('id').execute();
    if ((raw as unknown[]).length > 0) return;
    [first] = await taken();
  }
  throw refuse('ALREADY_EXISTS', ['input', 'recordId'], `The record ${JSON.stringify(recordId)} of the source "${source}" has been taken over before.`, first!.id);
}
