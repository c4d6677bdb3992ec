import type { GraphQLResolveInfo } from 'graphql';
import { Arg, Args, ArgsType, Ctx, Field, FieldResolver, Float, ID, Info, ObjectType, Query, Resolver, Root, registerEnumType } from 'type-graphql';
import { KeptAsParent } from '../../../shared/graphql/cacheControl';
import type { Context } from '../../../shared/graphql/context';
import { connect, PageArgs } from '../../../shared/graphql/connection';
import { Reads } from '../../../shared/graphql/lookAhead';
import { DateScalar } from '../../../shared/graphql/scalars';
import { Lang, speak, wordingFor } from '../../../shared/graphql/text';
import { provenanceOf } from '../../../shared/graphql/values';
import { Indicator, indicatorById, requireIndicators } from '../indicator/indicator';
import { Observation } from '../observation/observation';
import { Provenance, requireSources } from '../source/source';
import { requireTerritories, territoryById, territoryColumns } from '../territory/territory.loader';
import { Territory } from '../territory/territory.type';
import { ContradictionReason, explain, type Told } from './contradiction';
import { NotComputable, progressOf, type Progress } from './progress';
import { contradictionsOf, knownOf, statementById, statementsListing, statementsOf, type ContradictionRow } from './statement.loader';
import { Statement, StatementConnection, StatementFilter, StatementKind } from './statement.type';

registerEnumType(ContradictionReason, {
  name: 'ContradictionReason',
  description: 'Why two statements cannot both be taken at their word.',
  valuesConfig: {
    VALUE: { description: 'The same thing, different values.' },
    HORIZON: { description: 'The same objective, due at different times.' },
    DEFINITION: { description: 'One subject, but not the same thing is counted.' },
    PERIMETER: { description: 'The same thing is counted within different limits.' },
    OWN_FIGURES: { description: "An objective that the source's own figures do not lead to." },
  },
});
registerEnumType(NotComputable, {
  name: 'NotComputable',
  description: 'What is missing to compute progress.',
  valuesConfig: {
    NO_BASELINE: { description: 'No value of the time when the objective was set is known.' },
    NO_CURRENT_VALUE: { description: 'No later value is known.' },
    NO_TARGET: { description: 'The objective does not tell what is to be reached, or it is what was there already.' },
    DIFFERENT_DEFINITION: { description: 'Values are known, but of something else than what the objective counts.' },
  },
});

@KeptAsParent
@ObjectType({ description: 'A statement that contradicts this one; found by rule, not by hand.', simpleResolvers: true })
class Contradiction {
  @Field(() => Statement) with: Statement;
  @Field(() => ContradictionReason) reason: ContradictionReason;
}

@KeptAsParent
@ObjectType({ description: 'Progress of an objective, or the reason why none can be computed.', simpleResolvers: true })
class ObjectiveProgress {
  @Field(() => Observation, { nullable: true, description: 'Last value of the year when it was stated, or before.' }) baseline: Observation | null;
  @Field(() => Observation, { nullable: true, description: 'Latest value after that.' }) current: Observation | null;
  @Field(() => Float, { nullable: true, description: 'Value to be reached, as stated or as it follows from the baseline.' }) target: number | null;
  @Field(() => Float, { nullable: true, description: '0 at the baseline, 1 at the target; may be below 0 or above 1.' }) ratio: number | null;
  @Field(() => NotComputable, { nullable: true }) notComputableBecause: NotComputable | null;
}

@ArgsType()
class StatementsPage extends PageArgs {
  @Field(() => StatementFilter, { nullable: true }) filter?: StatementFilter | null;
}

@Resolver(() => Statement)
export class StatementResolver {
  @Query(() => StatementConnection, { description: 'Statements of all sources, oldest first.' })
  async statements(@Args(() => StatementsPage) { filter, first, after }: StatementsPage, @Ctx() context: Context) {
    if (filter?.territories) await requireTerritories('filter.territories', filter.territories, context);
    if (filter?.indicators) await requireIndicators('filter.indicators', filter.indicators, context);
    if (filter?.sources) await requireSources('filter.sources', filter.sources, context);
    return connect(context, statementsListing, { filter, first, after });
  }

  @FieldResolver(() => Indicator)
  indicator(@Root() { indicatorId }: Statement, @Ctx() context: Context) {
    return context.load(indicatorById, indicatorId);
  }

  @FieldResolver(() => Territory)
  territory(@Root() { territoryId }: Statement, @Ctx() context: Context, @Info() info: GraphQLResolveInfo) {
    return context.loadWith(territoryById, territoryColumns.askedIn(info), territoryId);
  }

  @FieldResolver(() => Statement, { nullable: true, description: 'The earlier statement of the same speaker that it replaces.' })
  supersedes(@Root() { supersedesId }: Statement, @Ctx() context: Context) {
    return supersedesId === null ? null : context.load(statementById, supersedesId);
  }

  @FieldResolver(() => [Contradiction], { description: 'Statements on the same subject that cannot hold beside it.' })
  contradicts(@Root() { id }: Statement, @Ctx() context: Context): Promise<ContradictionRow[]> {
    return context.load(contradictionsOf, id);
  }

  @FieldResolver(() => ObjectiveProgress, { nullable: true, description: 'Null for what is not an objective.' })
  async progress(@Root() statement: Statement, @Ctx() context: Context): Promise<Progress<Observation> | null> {
    return statement.kind === StatementKind.OBJECTIVE ? progressOf(statement, await context.load(knownOf, statement.subject)) : null;
  }

  @FieldResolver(() => Provenance)
  provenance(@Root() { provenance }: Statement) {
    return provenanceOf(provenance);
  }
}

@Resolver(() => Contradiction)
export class ContradictionResolver {
  @FieldResolver(() => String, { description: 'The reason in words, from what the two say.' })
  async explanation(@Root() row: ContradictionRow, @Arg('lang', () => Lang, { nullable: true }) asked: Lang | undefined, @Ctx() context: Context): Promise<string> {
    const lang = speak(asked, context.langs);
    const [mine, theirs] = await Promise.all([context.load(statementById, row.statementId), context.load(statementById, row.with.id)]);
    const [a, b] = await Promise.all([told(mine!, lang, context), told(theirs!, lang, context)]);
    return explain(row.reason, a, b, lang);
  }
}

async function told(statement: Statement, lang: Lang, context: Context): Promise<Told> {
  const [indicator, territory] = await Promise.all([
    context.load(indicatorById, statement.indicatorId),
    context.loadWith(territoryById, ['id', 'names'], statement.territoryId),
  ]);
  return { ...statement, indicator: wordingFor(indicator!.names, lang, []), territory: wordingFor(territory!.names, lang, []) };
}

@Resolver(() => Territory)
export class TerritoryStatementsResolver {
  @Reads('id')
  @FieldResolver(() => [Statement], { description: 'What sources said of it, oldest first.' })
  async statements(
    @Root() { id }: Pick<Territory, 'id'>,
    @Arg('indicator', () => ID, { nullable: true }) indicator: string | undefined,
    @Arg('kind', () => StatementKind, { nullable: true }) kind: StatementKind | undefined,
    @Arg('asOf', () => DateScalar, { nullable: true, description: 'Said on that day or before.' }) asOf: string | undefined,
    @Ctx() context: Context,
  ) {
    if (indicator != null) await requireIndicators('indicator', [indicator], context);
    return context.loadWith(statementsOf, { indicator, kind, asOf }, id);
  }
}
