import sql, { type Sql } from 'sql-template-tag';
import { Arg, Ctx, Directive, Field, FieldResolver, ID, ObjectType, Query, registerEnumType, Resolver, Root } from 'type-graphql';
import { KeptAnHour } from '../../../shared/graphql/cacheControl';
import { requireAreas } from '../../../shared/areas/areas';
import { whereAll } from '../../../shared/graphql/connection';
import { many, one, type Context } from '../../../shared/graphql/context';
import { Lang, wordingFor, type Text } from '../../../shared/graphql/text';
import { provenanceOf, type ProvenanceRecord } from '../../../shared/graphql/values';
import { Holds } from '../../../shared/graphql/cost';
import { Organisation, Place, Provenance, refer } from '../references/stubs';

export enum ServiceKind {
  LOGISTICS = 'LOGISTICS',
  REAL_ESTATE = 'REAL_ESTATE',
  COACHING = 'COACHING',
  FINANCING = 'FINANCING',
  COWORKING = 'COWORKING',
  NETWORKING = 'NETWORKING',
  TRAINING = 'TRAINING',
}
registerEnumType(ServiceKind, { name: 'ServiceKind', description: 'What a service is about.' });

@KeptAnHour
@Directive('@key(fields: "id")')
@ObjectType({ description: 'Something that startups can make use of.', simpleResolvers: true })
export class Service {
  @Field(() => ID) id: string;
  @Field(() => ServiceKind) kind: ServiceKind;
  names: Text;
  placeId: string | null;
  providerId: string | null;
  @Field(() => [Lang], { description: 'Languages in which it is given.' }) langs: Lang[];
  @Field(() => [String], { description: 'Stages of support for which it is meant, as `SupportStage` names them; empty for all.' }) stages: string[];
  provenance: ProvenanceRecord;
}

const columns = sql`s.id, s.kind, s.names, s.place_id as "placeId", s.provider_id as "providerId", s.langs, s.stages, s.provenance`;

export const serviceById = one<Service>((ids, { db }) => db.rows(sql`select ${columns} from service s where s.id = any(${ids}::text[])`), ({ id }) => id);

interface ServiceFilter {
  kind?: ServiceKind | undefined;
  lang?: Lang | undefined;
}

const matches = ({ kind, lang }: ServiceFilter): Sql[] => [...(kind ? [sql`s.kind = ${kind}`] : []), ...(lang ? [sql`${lang} = any(s.langs)`] : [])];

const servicesAt = (filter: ServiceFilter) =>
  many<Service>(
    (ids, { db }) => db.rows(sql`select ${columns} from service s ${whereAll([sql`s.place_id = any(${ids}::text[])`, ...matches(filter)])} order by s.kind, s.id`),
    ({ placeId }) => placeId!,
  );

@Resolver(() => Service)
export class ServiceResolver {
  @Holds(30)
  @Query(() => [Service])
  async services(
    @Arg('kind', () => ServiceKind, { nullable: true }) kind: ServiceKind | undefined,
    @Arg('within', () => ID, { nullable: true, description: 'Given in this territory, in an area inside it, or for an area around it.' }) within: string | undefined,
    @Arg('lang', () => Lang, { nullable: true, description: 'Given in this language.' }) lang: Lang | undefined,
    @Ctx() context: Context,
  ): Promise<Service[]> {
    if (within != null) await requireAreas('within', [within], context);
    const near = within != null
      ? [sql`exists (select from area a join area w on w.id = ${within} where a.id = s.territory_id and (w.id = any(a.areas) or a.id = any(w.areas)))`]
      : [];
    return context.db.rows(sql`select ${columns} from service s ${whereAll([...matches({ kind, lang }), ...near])} order by s.kind, s.id`);
  }

  @FieldResolver(() => String)
  name(@Root() { names }: Service, @Arg('lang', () => Lang, { nullable: true }) lang: Lang | undefined, @Ctx() { langs }: Context): string {
    return wordingFor(names, lang, langs);
  }

  @FieldResolver(() => Place, { nullable: true, description: 'Null for one that is not bound to a site.' })
  place(@Root() { placeId }: Service): Place | null {
    return refer(placeId);
  }

  @FieldResolver(() => Organisation, { nullable: true })
  provider(@Root() { providerId }: Service): Organisation | null {
    return refer(providerId);
  }

  @FieldResolver(() => Provenance)
  provenance(@Root() { provenance }: Service) {
    return provenanceOf(provenance);
  }
}

@Resolver(() => Place)
export class PlaceServicesResolver {
  @FieldResolver(() => [Service], { nullable: true })
  services(
    @Root() { id }: Place,
    @Arg('kind', () => ServiceKind, { nullable: true }) kind: ServiceKind | undefined,
    @Arg('lang', () => Lang, { nullable: true, description: 'Given in this language.' }) lang: Lang | undefined,
    @Ctx() context: Context,
  ) {
    return context.loadWith(servicesAt, { kind, lang }, id);
  }
}
