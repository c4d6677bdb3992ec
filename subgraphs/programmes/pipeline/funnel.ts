import sql, { join } from 'sql-template-tag';
import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { one, type Context } from '../../../shared/graphql/context';
import { Reads } from '../../../shared/graphql/lookAhead';
import { ApplicationState } from '../application/life';
import { Edition } from '../edition/edition.type';
import { PipelineStep } from './pipelineStep';
import { suppress } from './suppression';

/** The steps of a funnel: each that reaches one has reached those before. */
const funnel = [ApplicationState.SUBMITTED, ApplicationState.ADMITTED, ApplicationState.PLAN_SUBMITTED, ApplicationState.LAUREATE];
const reachedCounts = join(funnel.map((state) => sql`count(distinct h.id) filter (where h.to_state = ${state})`));

interface Figures {
  editionId: string;
  published: { state: ApplicationState; count: number }[] | null;
  /** How many applications reached each step, or a later one. */
  reached: number[];
}

const figuresOf = one<Figures>(
  (ids, { db }) =>
    db.rows(sql`
      select e.id as "editionId",
        (select jsonb_agg(jsonb_build_object('state', f.state, 'count', f.count) order by f.position) from funnel_step f where f.edition_id = e.id) as published,
        (select array[${reachedCounts}]::int[] from application a join history h on h.subject = 'application' and h.id = a.id where a.edition_id = e.id) as reached
      from edition e where e.id = any(${ids}::text[])`),
  ({ editionId }) => editionId,
);

@Resolver(() => Edition)
export class EditionFunnelResolver {
  @Reads('id')
  @FieldResolver(() => [PipelineStep], {
    description: 'How many applications got how far: as published, else as counted here, without the figures from which one to four could be told. Empty where nothing was handed in.',
  })
  async funnel(@Root() { id }: Pick<Edition, 'id'>, @Ctx() context: Context): Promise<PipelineStep[]> {
    const { published, reached } = (await context.load(figuresOf, id))!;
    if (published) return published.map((step) => ({ ...step, suppressed: null, medianDaysInState: null }));
    if (reached[0] === 0) return [];
    return suppress(reached).map((shown, at) => ({ ...shown, state: funnel[at]!, medianDaysInState: null }));
  }
}
