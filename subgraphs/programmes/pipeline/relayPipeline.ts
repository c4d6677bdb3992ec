import type { GraphQLResolveInfo } from 'graphql';
import sql from 'sql-template-tag';
import { Arg, Ctx, FieldResolver, ID, Info, Resolver, Root } from 'type-graphql';
import { one, type Context } from '../../../shared/graphql/context';
import { Needs } from '../../../shared/rights/needs';
import { viewerOf } from '../application/application.loader';
import { ApplicationState, isUnderway } from '../application/life';
import { requireEdition } from '../edition/edition.loader';
import { operatedBy } from '../programme/operator';
import { Relay } from '../relay/relay';
import { PipelineStep } from './pipelineStep';

interface Pipeline {
  relayId: string;
  steps: { state: ApplicationState; count: number; days: number }[];
}

/** What goes through relays to an edition; nothing for a relay that is not the caller's business. Drafts are for the relay alone. */
const pipelineOf = ({ edition }: { edition: string }) =>
  one<Pipeline>(
    (ids, context) => {
      const { relays, organisations } = viewerOf(context);
      const own = sql`r.id = any(${relays}::text[])`;
      return context.db.rows(sql`
        select r.id as "relayId",
          coalesce(jsonb_agg(jsonb_build_object('state', p.state, 'count', p.count, 'days', p.days)) filter (where p.state is not null), '[]') as steps
        from relay r
        left join lateral (
          select stay.state, count(*) filter (where stay.until is null) as count,
            percentile_cont(0.5) within group (order by extract(epoch from greatest(coalesce(stay.until, ${context.now}), stay.since) - stay.since) / 86400) as days
          from application a
          cross join lateral (
            select h.to_state as state, h.at as since, lead(h.at) over (order by h.version) as until
            from history h where h.subject = 'application' and h.id = a.id) stay
          where a.relay_id = r.id and a.edition_id = ${edition} and (${own} or stay.state <> 'DRAFT')
          group by stay.state) p on true
        where r.id = any(${ids}::text[]) and (${own} or r.programme_id in ${operatedBy(organisations, context.now)})
        group by r.id`);
    },
    ({ relayId }) => relayId,
  );

const order = Object.values(ApplicationState);

@Resolver(() => Relay)
export class RelayPipelineResolver {
  @Needs('applications:read')
  @FieldResolver(() => [PipelineStep], {
    nullable: true,
    description: 'How many of its applications to an edition stand in each state that one of them has reached, and how long they stay there. Null but for the relay itself and for who runs the programme.',
  })
  async pipeline(@Root() { id }: Relay, @Arg('edition', () => ID, { description: 'The edition whose applications are counted.' }) edition: string, @Ctx() context: Context, @Info() info: GraphQLResolveInfo): Promise<PipelineStep[] | null> {
    await requireEdition('edition', edition, context, info);
    const pipeline = await context.loadWith(pipelineOf, { edition }, id);
    if (!pipeline) return null;
    return pipeline.steps
      .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
      .map(({ state, count, days }) => ({ state, count, suppressed: null, medianDaysInState: isUnderway(state) ? days : null }));
  }
}
