import sql from 'sql-template-tag';
import { FieldResolver, Resolver, Root } from 'type-graphql';
import { many } from '../../../shared/graphql/context';
import { Organisation, refer } from '../references/stubs';
import { StageChange } from './stage.type';

export const stageChangesOf = many<StageChange & { startupId: string }>(
  (ids, { db }) =>
    db.rows(sql`
      select startup_id as "startupId", stage, since, by_id as "byId", reason from stage_change
      where startup_id = any(${ids}::text[]) order by startup_id, since`),
  ({ startupId }) => startupId,
);

@Resolver(() => StageChange)
export class StageChangeResolver {
  @FieldResolver(() => Organisation, { nullable: true, description: 'Who decided, where that is recorded.' })
  by(@Root() { byId }: StageChange) {
    return refer(byId);
  }
}
