import { Arg, Args, Ctx, ID, Mutation, Resolver } from 'type-graphql';
import type { Context } from '../../../shared/graphql/context';
import { Needs } from '../../../shared/rights/needs';
import type { Written } from '../../../shared/writing/write';
import { resolveDuplicate } from '../duplicate/resolve';
import { moveStartup, MoveStartupArgs } from '../stage/move';
import { registerStartup } from './register';
import { RegisterStartupInput, StartupPayload, UpdateStartupInput } from './startup.inputs';
import { startupColumns } from './startup.columns';
import { startupById } from './startup.loader';
import { updateStartup } from './update';

@Resolver()
export class StartupMutationResolver {
  @Needs('startups:write')
  @Mutation(() => StartupPayload, {
    description: 'Takes a startup over from a source. Where the hub has the same number or the same record of the source already, it answers with that record; where others look alike, they are proposed as its duplicates.',
  })
  async registerStartup(@Arg('input', () => RegisterStartupInput, { description: 'What the source says.' }) input: RegisterStartupInput, @Ctx() context: Context): Promise<StartupPayload> {
    return payload(context, await registerStartup(context, input));
  }

  @Needs('startups:write')
  @Mutation(() => StartupPayload, { description: 'Changes a startup’s record: its own key, or an officer of a territory that contains its seat.' })
  async updateStartup(@Arg('input', () => UpdateStartupInput, { description: 'What changes.' }) input: UpdateStartupInput, @Ctx() context: Context): Promise<StartupPayload> {
    return payload(context, await updateStartup(context, input));
  }

  @Needs('startups:support')
  @Mutation(() => StartupPayload, { description: 'Takes a startup to another stage of its support: an officer of a territory that contains its seat. A stage may be skipped; a step back needs a reason.' })
  async moveStartup(@Args(() => MoveStartupArgs) args: MoveStartupArgs, @Ctx() context: Context): Promise<StartupPayload> {
    return payload(context, await moveStartup(context, args));
  }

  @Needs('startups:steward')
  @Mutation(() => StartupPayload, {
    description: 'Decides a pair of records that may be the same company, once. Answers with the record that goes on; the other answers with `mergedInto` from then on.',
  })
  async resolveDuplicate(
    @Arg('id', () => ID, { description: 'Which pair.' }) id: string,
    @Arg('same', () => Boolean, { description: 'True merges the younger record into the older; false keeps both, and the pair is never proposed again.' }) same: boolean,
    @Arg('idempotencyKey', () => String, { nullable: true, description: 'The caller’s own key for this write: sent again, it is done once. Remembered for 30 days.' })
    idempotencyKey: string | undefined,
    @Ctx() context: Context,
  ): Promise<StartupPayload> {
    return payload(context, await resolveDuplicate(context, { id, same, idempotencyKey }));
  }
}

const payload = async (context: Context, { id, userErrors }: Written): Promise<StartupPayload> => ({ startup: id === null ? null : await context.loadWith(startupById, startupColumns.all, id), userErrors });
