import type { GraphQLResolveInfo } from 'graphql';
import sql, { type Sql } from 'sql-template-tag';
import { Arg, Args, ArgsType, Ctx, Directive, Field, FieldResolver, ID, Info, ObjectType, Resolver, Root } from 'type-graphql';
import { KeptAsParent, KeptBriefly } from '../../../shared/graphql/cacheControl';
import { requireAreas } from '../../../shared/areas/areas';
import { many, one, type Context } from '../../../shared/graphql/context';
import { connect, connectionType, PageArgs, type Listing, type Page } from '../../../shared/graphql/connection';
import { Reads } from '../../../shared/graphql/lookAhead';
import { Lang, speak } from '../../../shared/graphql/text';
import { Edition } from '../edition/edition.type';
import { requireEdition } from '../edition/edition.loader';
import { Startup } from '../references/stubs';
import { EligibilityRule, Verdict } from './eligibility.type';
import { because, ruleText, type Finding } from './rule';

@KeptAsParent
@ObjectType({ description: 'What one rule says of one startup.', simpleResolvers: true })
class RuleResult {
  @Field(() => EligibilityRule) rule: Finding;
  @Field(() => Verdict) verdict: Verdict;
}

@KeptBriefly
@ObjectType({ description: 'Whether a startup may apply to an edition, rule by rule.', simpleResolvers: true })
class Eligibility {
  @Field(() => Verdict, { description: 'NOT_ELIGIBLE where one rule is not fulfilled, else UNKNOWN where one cannot be decided.' }) verdict: Verdict;
  @Field(() => [RuleResult]) results: RuleResult[];
}

const EligibleStartupConnection = connectionType(Startup, KeptBriefly, 'EligibleStartup', { elsewhere: true });

const namesOf = (territories: Sql): Sql =>
  sql`coalesce((select jsonb_agg(t.names order by t.id) from area t where t.id = any(${territories})), '[]')`;

const rulesOf = many<EligibilityRule & { editionId: string }>(
  (ids, { db }) =>
    db.rows(sql`
      select r.edition_id as "editionId", r.kind, r.value, ${namesOf(sql`r.territories`)} as territories
      from edition_rule r where r.edition_id = any(${ids}::text[]) order by r.edition_id, r.position`),
  ({ editionId }) => editionId,
);

/** Every rule of an edition for startups, from this subgraph's copy of them: the same data as `eligibleStartups` decides by. */
export const eligibilityFor = ({ edition }: { edition: string }) =>
  one<{ startup: string; verdict: Verdict; findings: Finding[] | null }>(
    (ids, { db, now }) =>
      db.rows(sql`
        select s.id as startup, overall_verdict(array_agg(r.verdict) filter (where r.kind is not null)) as verdict,
          jsonb_agg(jsonb_build_object(
            'kind', r.kind, 'value', r.value, 'territories', ${namesOf(sql`r.territories`)}, 'verdict', r.verdict, 'onDay', r.on_day,
            'foundedOn', s.founded_on, 'headcount', s.headcount, 'trl', s.trl, 'seat', a.names) order by r.rule_position)
            filter (where r.kind is not null) as findings
        from startup s
        left join area a on a.id = s.territory_id
        left join lateral rule_results(${edition}, s.id, ${now}) r on true
        where s.id = any(${ids}::text[])
        group by s.id`),
    ({ startup }) => startup,
  );

interface EligiblePage extends Page {
  within?: string | null | undefined;
  verdicts: Verdict[];
  now: string;
}

function eligibleListing({ within, verdicts, now }: EligiblePage): Listing {
  return {
    columns: sql`s.id`,
    from: sql`startup s`,
    id: sql`s.id`,
    where: [
      sql`s.merged_into is null`,
      sql`s.status is distinct from 'CLOSED'`,
      ...(within != null ? [sql`s.territory_id in (select id from area where areas @> array[${within}::text])`] : []),
      sql`(select overall_verdict(array_agg(r.verdict)) from rule_results(parent.key, s.id, ${now}::timestamptz) r) = any(${verdicts}::text[])`,
    ],
    order: { name: 'name', value: sql`s.name`, type: 'text' },
  };
}

@ArgsType()
class EligibleArgs extends PageArgs {
  @Field(() => ID, { nullable: true, description: 'Seated in this territory or in any area inside it.' }) within?: string | null;
  @Field(() => [Verdict], { defaultValue: [Verdict.ELIGIBLE], description: 'Which verdicts to list: ask for UNKNOWN and NOT_ELIGIBLE to see why not.' })
  verdicts: Verdict[];
}

@Resolver(() => EligibilityRule)
export class EligibilityRuleResolver {
  @FieldResolver(() => String, { description: 'The rule in words.' })
  text(@Root() rule: EligibilityRule, @Arg('lang', () => Lang, { nullable: true }) lang: Lang | undefined, @Ctx() { langs }: Context): string {
    return ruleText(rule, speak(lang, langs));
  }
}

@Resolver(() => RuleResult)
export class RuleResultResolver {
  @FieldResolver(() => String, { description: 'What is known, and what follows from it.' })
  because(@Root() { rule }: RuleResult, @Arg('lang', () => Lang, { nullable: true }) lang: Lang | undefined, @Ctx() { langs }: Context): string {
    return because(rule, speak(lang, langs));
  }
}

@Resolver(() => Edition)
export class EditionEligibilityResolver {
  @Reads('id')
  @FieldResolver(() => [EligibilityRule], { description: 'Conditions that a source states; empty where none is known.' })
  rules(@Root() { id }: Pick<Edition, 'id'>, @Ctx() context: Context) {
    return context.load(rulesOf, id);
  }

  @Reads('id')
  @Directive('@cost(weight: 50)')
  @FieldResolver(() => EligibleStartupConnection, { nullable: true, description: 'Startups by what the rules say of them, by name; closed and merged ones are left out.' })
  async eligibleStartups(@Root() { id }: Pick<Edition, 'id'>, @Args(() => EligibleArgs) { within, verdicts, first, after }: EligibleArgs, @Ctx() context: Context) {
    if (within != null) await requireAreas('within', [within], context);
    return connect(context, eligibleListing, { within, verdicts, first, after, now: context.now.toISOString() }, id);
  }
}

@Resolver(() => Startup)
export class StartupEligibilityResolver {
  @FieldResolver(() => Eligibility, { nullable: true, description: 'Whether the startup may apply to an edition, rule by rule, as known a few seconds ago.' })
  async eligibility(@Root() { id }: Startup, @Arg('edition', () => ID) edition: string, @Ctx() context: Context, @Info() info: GraphQLResolveInfo): Promise<Eligibility | null> {
    await requireEdition('edition', edition, context, info);
    const found = await context.loadWith(eligibilityFor, { edition }, id);
    return found && { verdict: found.verdict, results: (found.findings ?? []).map((rule) => ({ rule, verdict: rule.verdict })) };
  }
}
