import sql, { type Sql } from 'sql-template-tag';
import { Args, ArgsType, Ctx, Directive, Field, ID, ObjectType, Query, Resolver } from 'type-graphql';
import type { SubgraphName } from '../config';
import { connect, connectionType, PageArgs, type Listing, type Page } from '../graphql/connection';
import type { Context } from '../graphql/context';
import { DateTimeScalar } from '../graphql/scalars';
import { Needs } from '../rights/needs';

@Directive('@shareable')
@ObjectType({ description: 'Who did what, when, through which key, with which result. Entries are only ever added.', simpleResolvers: true })
class AuditEntry {
  @Field(() => ID) id: string;
  @Field(() => DateTimeScalar) at: Date;
  @Field(() => ID, { nullable: true, description: 'The partner who did it; null for the hub itself and its operator.' }) partner: string | null;
  @Field(() => String, { nullable: true, description: 'Its name at that time.' }) partnerName: string | null;
  @Field(() => String, { nullable: true, description: 'By what it was recognised: `key <prefix>` or `login <subject>`; else what made the hub act.' }) via: string | null;
  @Field(() => String, { description: 'The mutation, or what was read: `read contacts`.' }) action: string;
  @Field(() => [ID], { description: 'The records that it was about.' }) subjects: string[];
  @Field(() => [String], { description: '`OK`; `REPEATED` for a write that its idempotency key had made before; else the codes of the refusal.' }) result: string[];
}
const AuditEntryConnection = connectionType(AuditEntry, null, 'AuditEntry', { shareable: true });

@ArgsType()
class AuditArgs extends PageArgs {
  @Field(() => ID, { nullable: true, description: 'Only what this partner did.' }) partner?: string | null;
  @Field(() => ID, { nullable: true, description: 'Only what was about this record.' }) subject?: string | null;
  @Field(() => DateTimeScalar, { nullable: true, description: 'Only from this instant on.' }) since?: Date | null;
}

interface AuditSearch extends Page {
  partner: string | null;
  subject: string | null;
  since: string | null;
}

const auditListing = ({ partner, subject, since }: AuditSearch): Listing => {
  const where: Sql[] = [];
  if (partner !== null) where.push(sql`a.partner_id = ${partner}`);
  if (subject !== null) where.push(sql`${subject} = any(a.subjects)`);
  if (since !== null) where.push(sql`a.at >= ${since}`);
  return {
    columns: sql`a.id, a.at, a.partner_id as partner, a.partner_name as "partnerName", a.via, a.action, a.subjects, a.result`,
    from: sql`audit a`,
    where,
    // Ids are UUID v7: by time.
    order: { name: 'audit', value: sql`a.id`, type: 'text', descending: true },
    id: sql`a.id`,
  };
};

/** What a subgraph shows of its audit: `audit { <its name> { … } }`. */
export function auditResolver(name: SubgraphName): Function {
  @ObjectType('Audit', { description: 'What was done in each of the four subgraphs.' })
  class Audit {
    @Field(() => AuditEntryConnection, { name, description: `In *${name}*, the latest first.` })
    entries(@Args(() => AuditArgs) { partner = null, subject = null, since = null, first, after }: AuditArgs, @Ctx() context: Context) {
      return connect(context, auditListing, { partner, subject, since: since?.toISOString() ?? null, first, after });
    }
  }
  @Resolver(() => Audit)
  class AuditResolver {
    @Directive('@shareable')
    @Query(() => Audit, { nullable: true, description: 'Who did what.' })
    @Needs('audit:read')
    audit(): Audit {
      return new Audit();
    }
  }
  return AuditResolver;
}
