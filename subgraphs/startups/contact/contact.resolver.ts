import { Arg, Ctx, FieldResolver, ID, Mutation, Resolver, Root } from 'type-graphql';
import type { Context } from '../../../shared/graphql/context';
import { Reads } from '../../../shared/graphql/lookAhead';
import { Needs } from '../../../shared/rights/needs';
import { StartupPayload } from '../startup/startup.inputs';
import { startupColumns } from '../startup/startup.columns';
import { startupById } from '../startup/startup.loader';
import { Startup } from '../startup/startup.type';
import { recordContact, removeContact } from './contact';
import { contactById, contactsOf } from './contact.loader';
import { Contact, ContactPayload, RecordContactInput } from './contact.type';

@Resolver(() => Startup)
export class ContactResolver {
  @Needs('contacts:read')
  @Reads('id')
  @FieldResolver(() => [Contact], {
    nullable: true,
    description: 'Persons to speak to there, for the startup itself and officers of a territory that contains its seat; null for others.',
  })
  contacts(@Root() { id }: Pick<Startup, 'id'>, @Ctx() context: Context): Promise<Contact[] | null> {
    return context.load(contactsOf, id);
  }

  @Needs('contacts:write')
  @Mutation(() => ContactPayload, { description: 'Records a person to speak to at a startup: its own key, or an officer of a territory that contains its seat.' })
  async recordContact(@Arg('input', () => RecordContactInput, { description: 'The person and the startup.' }) input: RecordContactInput, @Ctx() context: Context): Promise<ContactPayload> {
    const { id, userErrors } = await recordContact(context, input);
    return { contact: id === null ? null : await context.load(contactById, id), userErrors };
  }

  @Needs('contacts:write')
  @Mutation(() => StartupPayload, { description: 'Removes a person from a startup’s contacts; nothing of the person is kept.' })
  async removeContact(
    @Arg('id', () => ID, { description: 'Which contact.' }) id: string,
    @Arg('idempotencyKey', () => String, { nullable: true, description: 'The caller’s own key for this write: sent again, it is done once. Remembered for 30 days.' })
    idempotencyKey: string | undefined,
    @Ctx() context: Context,
  ): Promise<StartupPayload> {
    const { id: startup, userErrors } = await removeContact(context, { id, idempotencyKey });
    return { startup: startup === null ? null : await context.loadWith(startupById, startupColumns.all, startup), userErrors };
  }
}
