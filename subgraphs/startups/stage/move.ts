import sql from 'sql-template-tag';
import { ArgsType, Field, ID, Int } from 'type-graphql';
import type { Context } from '../../../shared/graphql/context';
import { requireMove, requireVersion } from '../../../shared/writing/life';
import { write, type Written } from '../../../shared/writing/write';
import { lockStartup } from '../startup/startup.rights';
import { supportLife } from './stage.life';
import { SupportStage } from './stage.type';

@ArgsType()
export class MoveStartupArgs {
  @Field(() => ID, { description: 'Which startup.' }) id: string;
  @Field(() => SupportStage, { description: 'The stage that it enters.' }) to: SupportStage;
  @Field(() => String, { nullable: true, description: 'Why; needed for a step back. Public.' }) reason?: string | null;
  @Field(() => Int, { description: 'The version that was read: a record that has changed since is not moved.' }) version: number;
  @Field(() => String, { nullable: true, description: 'The caller’s own key for this write: sent again, it is done once. Remembered for 30 days.' }) idempotencyKey?: string | null;
}

/** Takes a startup to another stage of its support. */
export function moveStartup(context: Context, { id, to, version: given, idempotencyKey, ...args }: MoveStartupArgs): Promise<Written> {
  const reason = args.reason?.trim() || null;
  return write(context, { mutation: 'moveStartup', input: { id, to, reason, version: given }, idempotencyKey }, async (tx) => {
    const { stage, roles, version: current } = await lockStartup(tx, id, ['TERRITORY_OFFICER'], ['id']);
    requireVersion(id, current, given);
    requireMove(supportLife, stage, to, roles, reason);
    const version = current + 1;
    // A step is later than those before it, whatever the clock says: the last one is where the startup stands.
    await tx.rows(sql`
      insert into stage_change (startup_id, since, stage, by_id, reason)
      select ${id}, greatest(${tx.now}::timestamptz, max(since) + interval '1 millisecond'), ${to}, ${tx.caller.partner?.organisation ?? null}, ${reason}
      from stage_change where startup_id = ${id}`);
    await tx.rows(sql`update startup set stage = ${to}, version = ${version} where id = ${id}`);
    await tx.step({ subject: supportLife.subject, id, version, from: stage, to, reason });
    return id;
  });
}
