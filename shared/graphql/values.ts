import { Arg, Ctx, Directive, Field, Float, ID, Int, ObjectType, registerEnumType, type ClassType } from 'type-graphql';
import { KeptAsParent } from './cacheControl';
import type { Context } from './context';
import { CursorScalar, DateScalar, DateTimeScalar } from './scalars';
import { Lang, wordingFor, type Text } from './text';

// Value types that several subgraphs return. A class with field resolvers, or with a field of a subgraph's own type, is
// made anew for each subgraph: type-graphql keeps its metadata globally and would mix the schemas.

@KeptAsParent
@Directive('@shareable')
@ObjectType({ description: 'An amount in the currency in which it was stated.', simpleResolvers: true })
export class Money {
  @Field(() => Float, { description: 'In units of the currency, not cents.' }) amount: number;
  @Field(() => String, { description: 'ISO 4217 code.' }) currency: string;
}

@KeptAsParent
@Directive('@shareable')
@ObjectType({ description: 'A position in WGS 84.', simpleResolvers: true })
export class Point {
  @Field(() => Float, { description: 'Degrees north.' }) lat: number;
  @Field(() => Float, { description: 'Degrees east.' }) lon: number;
}

export enum Confidence {
  STATED = 'STATED',
  INFERRED = 'INFERRED',
  ESTIMATED = 'ESTIMATED',
}
registerEnumType(Confidence, {
  name: 'Confidence',
  description: 'How far a record follows its source.',
  valuesConfig: {
    STATED: { description: 'The source says so.' },
    INFERRED: { description: 'Concluded from what the source says, such as its date from its context.' },
    ESTIMATED: { description: 'Computed or approximated.' },
  },
});

/** Provenance as the database keeps it in a jsonb column; `source` is the id of a Source. */
export interface ProvenanceRecord {
  source: string;
  asOf?: string | null;
  statedOn?: string | null;
  retrievedAt: string;
  recordId?: string | null;
  quote?: string | null;
  confidence: Confidence;
}

/** What `Provenance` resolves from: see `provenanceType`. */
export interface ProvenanceValue {
  source: { __typename: 'Source'; id: string };
  asOf: string | null;
  statedOn: string | null;
  retrievedAt: Date | (() => Date);
  recordId: string | null;
  quote: string | null;
  confidence: Confidence;
}

export const provenanceOf = (record: ProvenanceRecord): ProvenanceValue => ({
  source: { __typename: 'Source', id: record.source },
  asOf: record.asOf ?? null,
  statedOn: record.statedOn ?? null,
  // Made for those who ask.
  retrievedAt: () => new Date(record.retrievedAt),
  recordId: record.recordId ?? null,
  quote: record.quote ?? null,
  confidence: record.confidence,
});

/** The `Provenance` of one subgraph, over its own `Source`. */
export function provenanceType(source: () => ClassType): ClassType<ProvenanceValue> {
  @KeptAsParent
  @Directive('@shareable')
  @ObjectType('Provenance', { description: 'Who said it, when, under which licence. Every figure in the hub has one.', simpleResolvers: true })
  class Provenance {
    @Field(source, { nullable: true, description: 'Where it was read.' }) source: ProvenanceValue['source'];
    @Field(() => DateScalar, { nullable: true, description: 'The day on which the source says the value held.' }) asOf: string | null;
    @Field(() => DateScalar, { nullable: true, description: 'The day on which the source stated it.' }) statedOn: string | null;
    @Field(() => DateTimeScalar, { description: 'When the hub took it over.' }) retrievedAt: Date;
    @Field(() => String, { nullable: true, description: "The record's own key at the source." }) recordId: string | null;
    @Field(() => String, { nullable: true, description: 'Short quotation from the source, in its own language.' }) quote: string | null;
    @Field(() => Confidence, { description: 'How far the record follows the source.' }) confidence: Confidence;
  }
  return Provenance;
}

/** The `Source` of a subgraph that only refers to it; *territories* owns the entity. */
export function sourceReference(): ClassType<{ id: string }> {
  @Directive('@key(fields: "id", resolvable: false)')
  @ObjectType('Source', { simpleResolvers: true })
  class Source {
    @Field(() => ID) id: string;
  }
  return Source;
}

/** A reference to an entity of another subgraph, or null. */
export const refer = <Id extends string | null>(id: Id): Id extends string ? { id: string } : null => (id === null ? null : { id }) as never;

@KeptAsParent
@Directive('@shareable')
@ObjectType({ description: 'Where a page stands in its connection.', simpleResolvers: true })
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether more follows.' }) hasNextPage: boolean;
  @Field(() => Boolean, { description: 'Whether the page started after a cursor.' }) hasPreviousPage: boolean;
  @Field(() => CursorScalar, { nullable: true, description: 'Cursor of the first node.' }) startCursor: string | null;
  @Field(() => CursorScalar, { nullable: true, description: 'Cursor of the last node: pass it as `after`.' }) endCursor: string | null;
}

@KeptAsParent
@Directive('@shareable')
@ObjectType({ description: 'One value of a facet or of a group-by, with the number of items behind it.', simpleResolvers: true })
export class Bucket {
  @Field(() => String, { description: 'Code or id of the value.' }) key: string;
  /** Name of the value in its languages. */
  text: Text;
  @Field(() => Int, { description: 'How many items have it.' }) count: number;
  @Field(() => Float, { nullable: true, description: 'Sum of the metric over them, in the unit of the metric.' }) sum?: number | null;

  @Field(() => String, { description: 'Name of the value for a reader.' })
  label(@Arg('lang', () => Lang, { nullable: true }) lang: Lang | undefined, @Ctx() { langs }: Context): string {
    return wordingFor(this.text, lang, langs) || this.key;
  }
}
