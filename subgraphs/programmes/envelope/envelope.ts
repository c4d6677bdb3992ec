import sql from 'sql-template-tag';
import { Arg, Ctx, Directive, Field, FieldResolver, ID, Int, ObjectType, Query, registerEnumType, Resolver, Root } from 'type-graphql';
import { KeptAnHour } from '../../../shared/graphql/cacheControl';
import { many, one, type Context } from '../../../shared/graphql/context';
import { badInput } from '../../../shared/graphql/errors';
import { Reads } from '../../../shared/graphql/lookAhead';
import { Lang, wordingFor, type Text } from '../../../shared/graphql/text';
import { Bucket, Money, provenanceOf, type ProvenanceRecord } from '../../../shared/graphql/values';
import { Programme } from '../programme/programme.type';
import { Provenance, Territory } from '../references/stubs';

export enum FundingLevel {
  EU = 'EU',
  NATIONAL = 'NATIONAL',
  REGIONAL = 'REGIONAL',
  LOCAL = 'LOCAL',
  CROSS_BORDER = 'CROSS_BORDER',
  PRIVATE = 'PRIVATE',
}
registerEnumType(FundingLevel, { name: 'FundingLevel', description: 'Whose money it is.' });

@KeptAnHour
@Directive('@key(fields: "id")')
@ObjectType({ description: 'Money set aside by a public body. Envelopes of different levels or purposes are never summed.', simpleResolvers: true })
export class Envelope {
  @Field(() => ID) id: string;
  programmeId: string | null;
  names: Text;
  amount: number | null;
  currency: string | null;
  @Field(() => FundingLevel) level: FundingLevel;
  purposes: Text;
  provenance: ProvenanceRecord[];
}

const columns = sql`e.id, e.programme_id as "programmeId", e.names, e.amount, e.currency, e.level, e.purposes, e.provenance`;

export const envelopeById = one<Envelope>((ids, { db }) => db.rows(sql`select ${columns} from envelope e where e.id = any(${ids}::text[])`), ({ id }) => id);

const envelopesOf = many<Envelope>(
  (ids, { db }) => db.rows(sql`select ${columns} from envelope e where e.programme_id = any(${ids}::text[]) order by e.year, e.id`),
  ({ programmeId }) => programmeId!,
);

interface FundingRow extends Bucket {
  territory: string;
}

/** One bucket a year, level and purpose: only what means the same is added up. */
const fundingOf = ({ from, to }: { from: number; to: number }) =>
  many<FundingRow>(
    (ids, { db }) =>
      db.rows(sql`
        select asked.id as territory, concat_ws(':', e.year, e.level, e.purpose_key) as key, count(*)::int as count,
          case when count(distinct e.currency) = 1 then sum(e.amount) end as sum,
          (select jsonb_agg(jsonb_build_object('lang', w ->> 'lang', 'value', e.year || ', ' || (w ->> 'value')))
             from jsonb_array_elements((array_agg(e.purposes order by e.id))[1]) w) as text
        from unnest(${ids}::text[]) as asked(id)
        join area a on a.areas @> array[asked.id]
        join envelope e on e.territory_id = a.id and e.year between ${from} and ${to}
        group by asked.id, e.year, e.level, e.purpose_key
        order by e.year, e.level, e.purpose_key`),
    ({ territory }) => territory,
  );

@Resolver(() => Envelope)
export class EnvelopeResolver {
  @Query(() => [Envelope])
  envelopes(@Arg('levels', () => [FundingLevel], { nullable: true }) levels: FundingLevel[] | undefined, @Ctx() { db }: Context): Promise<Envelope[]> {
    return db.rows(sql`
      select ${columns} from envelope e
      where ${levels ?? null}::text[] is null or e.level = any(${levels ?? null}::text[])
      order by e.year nulls last, e.id`);
  }

  @FieldResolver(() => String)
  name(@Root() { names }: Envelope, @Arg('lang', () => Lang, { nullable: true }) lang: Lang | undefined, @Ctx() { langs }: Context): string {
    return wordingFor(names, lang, langs);
  }

  @FieldResolver(() => Money, { nullable: true, description: 'Null where the source names no amount.' })
  money(@Root() { amount, currency }: Envelope): Money | null {
    return amount === null || currency === null ? null : { amount, currency };
  }

  @FieldResolver(() => String, { description: 'What it is for, as the source says.' })
  purpose(@Root() { purposes }: Envelope, @Arg('lang', () => Lang, { nullable: true }) lang: Lang | undefined, @Ctx() { langs }: Context): string {
    return wordingFor(purposes, lang, langs);
  }

  @FieldResolver(() => [Provenance])
  provenance(@Root() { provenance }: Envelope) {
    return provenance.map(provenanceOf);
  }
}

@Resolver(() => Programme)
export class ProgrammeEnvelopesResolver {
  @Reads('id')
  @FieldResolver(() => [Envelope])
  envelopes(@Root() { id }: Pick<Programme, 'id'>, @Ctx() context: Context) {
    return context.load(envelopesOf, id);
  }
}

@Resolver(() => Territory)
export class TerritoryFundingResolver {
  @FieldResolver(() => [Bucket], {
    nullable: true,
    description: 'Envelopes for it or for areas inside it, by year, level and purpose (the key names the three): what differs in one of them is never summed. `sum` is in euros, null where no amount is stated.',
  })
  fundingByYear(@Root() { id }: Territory, @Arg('from', () => Int) from: number, @Arg('to', () => Int) to: number, @Ctx() context: Context) {
    if (from > to) throw badInput('to', to, `a year not before ${from}`);
    return context.loadWith(fundingOf, { from, to }, id);
  }
}
