import sql from 'sql-template-tag';
import { v7 as uuid } from 'uuid';
import type { Context } from '../../../shared/graphql/context';
import { Confidence } from '../../../shared/graphql/values';
import { aboutOf, type Caller } from '../../../shared/rights/caller';
import { Refusals } from '../../../shared/writing/userError';
import { write, type Transaction, type Written } from '../../../shared/writing/write';
import { deriveFor } from './derive';
import { StatementEntity } from './statement.entity';
import type { RecordStatementInput } from './statement.input';
import { Operator, StatementKind } from './statement.type';

/** What a statement refers to; null where the hub has no such record. */
interface Referred {
  unit: string | null;
  /** The territory and every area that contains it. */
  areas: string[] | null;
  source: string | null;
  publishedOn: string | null;
  superseded: { indicator: string; territory: string } | null;
}

/** Takes over a new statement, and finds what contradicts it. */
export const recordStatement = (context: Context, input: RecordStatementInput): Promise<Written> =>
  write(context, { mutation: 'recordStatement', input, idempotencyKey: input.idempotencyKey }, async (tx) => {
    const referred = await lookUp(tx, input);
    check(input, referred, tx);
    const statement = recordOf(input, referred as Whole, tx.now);
    await tx.manager.insert(StatementEntity, statement);
    await deriveFor(tx.manager, statement.id);
    await tx.tell({ event: 'statement recorded', subject: 'statement', id: statement.id, data: { indicator: input.indicator, territory: input.territory } });
    return statement.id;
  });

async function lookUp({ rows }: Transaction, { indicator, territory, source, supersedes }: RecordStatementInput): Promise<Referred> {
  const [found] = await rows<Referred>(sql`
    select i.unit, t.areas, s.id as source, s.published_on as "publishedOn",
      (select jsonb_build_object('indicator', e.indicator_id, 'territory', e.territory_id) from statement e where e.id = ${supersedes ?? null}) as superseded
    from (select) one
    left join indicator i on i.id = ${indicator}
    left join territory t on t.id = ${territory}
    left join source s on s.id = ${source}`);
  return found!;
}

const ABSOLUTE = [Operator.EQUAL, Operator.APPROXIMATE, Operator.AT_LEAST];
const CHANGES = [Operator.MULTIPLY_BY, Operator.INCREASE_BY_PERCENT, Operator.INCREASE_BY];

/** Refuses with all that is wrong. */
function check(input: RecordStatementInput, { unit, areas, source, publishedOn, superseded }: Referred, { caller, now }: { caller: Caller; now: Date }): void {
  const refusals = new Refusals();
  const wrong = (field: string, message: string) => refusals.add('INVALID_VALUE', ['input', field], message);
  const unknown = (field: string, given: string, expected: string) => refusals.add('NOT_FOUND', ['input', field], `${JSON.stringify(given)} was given, expected ${expected}.`);
  const { kind, operator, statedTarget, horizonYears, perimeter, quote, statedOn, supersedes } = input;
  if (unit === null) unknown('indicator', input.indicator, 'the id of an indicator: the query `indicators` lists them');
  else if (input.unit !== unit && !(operator === Operator.INCREASE_BY_PERCENT && input.unit === '%')) wrong('unit', `${JSON.stringify(input.unit)} was given, expected ${JSON.stringify(unit)}, the unit of the indicator.`);
  if (areas === null) unknown('territory', input.territory, 'the id of a territory, such as "sillon-lorrain"');
  else if (!aboutOf(caller, 'TERRITORY_OFFICER').some((about) => areas.includes(about))) refusals.add('FORBIDDEN', ['input', 'territory'], 'The territory is neither the one of the caller nor inside it.');
  if (source === null) unknown('source', input.source, 'the id of a source: the query `sources` lists them');
  const known = statedOn ?? publishedOn;
  const today = now.toISOString().slice(0, 10);
  if (source !== null && known === null) wrong('statedOn', 'Expected the day on which it was said: that of the publication of the source is not known.');
  if (statedOn != null && statedOn > today) wrong('statedOn', `${statedOn} was given, expected a day not after today, ${today}.`);
  if (supersedes != null) {
    if (!superseded) unknown('supersedes', supersedes, 'the id of a statement');
    else if (superseded.indicator !== input.indicator || superseded.territory !== input.territory) wrong('supersedes', `"${supersedes}" is on another indicator or another territory.`);
  }
  if (kind !== StatementKind.OBJECTIVE && !ABSOLUTE.includes(operator)) wrong('operator', `${operator} was given, expected ${ABSOLUTE.join(', ')}: only an objective names a change.`);
  checkValue(input, unit, wrong);
  if (statedTarget != null) {
    if (!CHANGES.includes(operator)) wrong('statedTarget', `Expected none beside ${operator}, which names the value itself.`);
    else if (!(statedTarget > 0)) wrong('statedTarget', `${statedTarget} was given, expected a value above 0.`);
  }
  if (horizonYears != null) {
    if (kind === StatementKind.FIGURE) wrong('horizonYears', 'Expected none: a figure holds when it is said.');
    else if (horizonYears < 1 || horizonYears > 100) wrong('horizonYears', `${horizonYears} was given, expected 1 to 100.`);
  }
  if (perimeter != null && (!perimeter.trim() || perimeter.length > 200)) wrong('perimeter', 'Expected 1 to 200 characters, or none for the territory as a whole.');
  if (!quote.trim() || quote.length > 300) wrong('quote', `A text of ${quote.trim() ? quote.length : 0} characters was given, expected 1 to 300 of the source's own words.`);
  refusals.throwIfAny();
}

function checkValue({ operator, value }: RecordStatementInput, unit: string | null, wrong: (field: string, message: string) => void): void {
  const expected = (what: string) => wrong('value', `${value} was given, expected ${what}.`);
  if (operator === Operator.MULTIPLY_BY && !(value > 0)) expected('a factor above 0');
  if (operator === Operator.INCREASE_BY_PERCENT && (value <= -100 || value === 0)) expected('a percentage above -100, not 0');
  if (operator === Operator.INCREASE_BY && value === 0) expected('a change, not 0');
  if (CHANGES.includes(operator)) return;
  if (value < 0) expected('a value from 0 on');
  else if (unit === '%' && value > 100) expected('a percentage, 0 to 100');
}

type Whole = Referred & { unit: string };

/** A statement that keeps the day of its source, where its own is not known, says that it was inferred. */
function recordOf(input: RecordStatementInput, { unit, publishedOn }: Whole, now: Date): StatementEntity {
  const statedOn = (input.statedOn ?? publishedOn)!;
  return {
    id: uuid(),
    kind: input.kind,
    indicatorId: input.indicator,
    territoryId: input.territory,
    operator: input.operator,
    value: input.value,
    unit,
    statedTarget: input.statedTarget ?? null,
    horizonYears: input.horizonYears ?? null,
    statedBy: null,
    condition: null,
    perimeter: input.perimeter?.trim() ?? null,
    sourceId: input.source,
    statedOn,
    year: Number(statedOn.slice(0, 4)),
    provenance: {
      source: input.source,
      statedOn,
      retrievedAt: now.toISOString(),
      quote: input.quote.trim(),
      confidence: input.statedOn == null ? Confidence.INFERRED : Confidence.STATED,
    },
    supersedesId: input.supersedes ?? null,
  };
}
