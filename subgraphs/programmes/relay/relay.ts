import sql from 'sql-template-tag';
import { Arg, Ctx, Directive, Field, FieldResolver, ID, ObjectType, Resolver, Root } from 'type-graphql';
import { KeptAnHour } from '../../../shared/graphql/cacheControl';
import { many, one, requireEach, type Context } from '../../../shared/graphql/context';
import { Reads } from '../../../shared/graphql/lookAhead';
import { DateScalar } from '../../../shared/graphql/scalars';
import { provenanceOf, type ProvenanceRecord } from '../../../shared/graphql/values';
import { programmeById, requireProgramme } from '../programme/programme.loader';
import { Programme } from '../programme/programme.type';
import { Organisation, Provenance, refer, Territory } from '../references/stubs';

@KeptAnHour
@Directive('@key(fields: "id")')
@ObjectType({ description: 'An organisation through which projects of a region apply to a programme, and between which dates.', simpleResolvers: true })
export class Relay {
  @Field(() => ID) id: string;
  programmeId: string;
  organisationId: string;
  territoryId: string;
  @Field(() => DateScalar, { nullable: true, description: 'First day, where known.' }) validFrom: string | null;
  @Field(() => DateScalar, { nullable: true, description: 'Last day; null while it lasts, or where unknown.' }) validTo: string | null;
  provenance: ProvenanceRecord;
}

const columns = sql`
  r.id, r.programme_id as "programmeId", r.organisation_id as "organisationId", r.territory_id as "territoryId",
  r.valid_from as "validFrom", r.valid_to as "validTo", r.provenance`;
const order = sql`r.valid_from nulls first, r.id`;

export const relayById = one<Relay>((ids, { db }) => db.rows(sql`select ${columns} from relay r where r.id = any(${ids}::text[])`), ({ id }) => id);

export const requireRelay = requireEach(relayById, 'the id of a relay, such as "123go-saarland-ihk"');

const relaysOf = many<Relay>(
  (ids, { db }) => db.rows(sql`select ${columns} from relay r where r.programme_id = any(${ids}::text[]) order by ${order}`),
  ({ programmeId }) => programmeId,
);

const relaysBy = many<Relay>(
  (ids, { db }) => db.rows(sql`select ${columns} from relay r where r.organisation_id = any(${ids}::text[]) order by ${order}`),
  ({ organisationId }) => organisationId,
);

const relaysIn = ({ programme }: { programme?: string | undefined }) =>
  many<Relay & { asked: string }>(
    (ids, { db }) =>
      db.rows(sql`
        select asked.id as asked, ${columns}
        from unnest(${ids}::text[]) as asked(id)
        join area a on a.id = asked.id
        join relay r on r.territory_id = any(a.areas) or exists (select from area s where s.id = r.territory_id and asked.id = any(s.areas))
        where ${programme ?? null}::text is null or r.programme_id = ${programme ?? null}
        order by ${order}`),
    ({ asked }) => asked,
  );

@Resolver(() => Relay)
export class RelayResolver {
  @FieldResolver(() => Programme)
  programme(@Root() { programmeId }: Relay, @Ctx() context: Context) {
    return context.load(programmeById, programmeId);
  }

  @FieldResolver(() => Organisation, { nullable: true })
  organisation(@Root() { organisationId }: Relay): Organisation {
    return refer(organisationId);
  }

  @FieldResolver(() => Territory, { nullable: true, description: 'Whose projects it takes.' })
  territory(@Root() { territoryId }: Relay): Territory {
    return refer(territoryId);
  }

  @FieldResolver(() => Provenance)
  provenance(@Root() { provenance }: Relay) {
    return provenanceOf(provenance);
  }
}

@Resolver(() => Programme)
export class ProgrammeRelaysResolver {
  @Reads('id')
  @FieldResolver(() => [Relay], { description: 'Its relays in the regions, past ones too.' })
  relays(@Root() { id }: Pick<Programme, 'id'>, @Ctx() context: Context) {
    return context.load(relaysOf, id);
  }
}

@Resolver(() => Organisation)
export class OrganisationRelaysResolver {
  @FieldResolver(() => [Relay], { nullable: true, description: 'The programmes for which it is or was a relay.' })
  relayFor(@Root() { id }: Organisation, @Ctx() context: Context) {
    return context.load(relaysBy, id);
  }
}

@Resolver(() => Territory)
export class TerritoryRelaysResolver {
  @FieldResolver(() => [Relay], { nullable: true, description: 'Relays that take projects from there: of it, of an area around it, or of one inside it.' })
  async relays(@Root() { id }: Territory, @Arg('programme', () => ID, { nullable: true }) programme: string | undefined, @Ctx() context: Context) {
    if (programme != null) await requireProgramme('programme', [programme], context);
    return context.loadWith(relaysIn, { programme }, id);
  }
}
