import { buildSchema as buildSDL, execute, parse, type GraphQLResolveInfo, type GraphQLSchema } from 'graphql';
import sql from 'sql-template-tag';
import { buildSchema, Ctx, Field, FieldResolver, ID, Info, InterfaceType, ObjectType, Query, Resolver, Root } from 'type-graphql';
import { Columns, Reads, type Asked } from './lookAhead';

@InterfaceType({ resolveType: () => 'Boat' })
abstract class Named {
  @Field(() => ID) id: string;
  @Field(() => String) name: string;
}

@ObjectType({ implements: Named, simpleResolvers: true })
class Boat extends Named {
  @Field(() => String) port: string;
  @Field(() => String) flag: string;
  length: number;
  width: number;
}

const expressions = { id: sql`b.id`, name: sql`b.name`, port: sql`b.port`, flag: sql`b.flag`, length: sql`b.length`, width: sql`b.width` };
const names = Object.keys(expressions);

interface Asking {
  columns: Columns<Boat>;
  asked: Asked<Boat>[];
}

@Resolver(() => Boat)
class BoatResolver {
  @Query(() => [Boat])
  boats(@Ctx() { columns, asked }: Asking, @Info() info: GraphQLResolveInfo): Boat[] {
    asked.push(columns.askedIn(info));
    return [];
  }

  @Query(() => Named, { nullable: true })
  named(@Ctx() context: Asking, @Info() info: GraphQLResolveInfo): null {
    this.boats(context, info);
    return null;
  }

  @Reads('length', 'width')
  @FieldResolver(() => Number)
  area(@Root() { length, width }: Pick<Boat, 'length' | 'width'>): number {
    return length * width;
  }

  @FieldResolver(() => String)
  story(@Root() { name }: Boat): string {
    return name;
  }
}

let schema: GraphQLSchema;
beforeAll(async () => (schema = await buildSchema({ resolvers: [BoatResolver], orphanedTypes: [Named], validate: false })));

async function asked(query: string, of = new Columns(Boat, expressions)): Promise<Asked<Boat>[]> {
  const contextValue: Asking = { columns: of, asked: [] };
  expect((await execute({ schema, document: parse(query), contextValue })).errors).toBeUndefined();
  return contextValue.asked;
}

it.each([
  ['{ boats { __typename } }', ['id']],
  ['{ boats { port called: name } }', ['id', 'name', 'port']],
  ['{ boats { area } }', ['id', 'length', 'width']],
  ['{ boats { ...A } } fragment A on Boat { ...B ... { port @skip(if: true) } } fragment B on Boat { flag }', ['id', 'port', 'flag']],
  ['{ named { name ... on Boat { flag } } }', ['id', 'name', 'flag']],
  ['{ boats { story } }', names],
])('%s reads %s', async (query, expected) => {
  expect(await asked(query)).toEqual([expected]);
});

it('reads the same in all places of an operation', async () => {
  expect(await asked('{ boats { port } others: boats { flag } }')).toEqual([['id', 'port', 'flag'], ['id', 'port', 'flag']]);
});

it('makes few sets: who asks for yet another one gets whole rows', async () => {
  const own = ['name', 'port', 'flag', 'area'];
  const subsets = Array.from({ length: 2 ** own.length }, (_, bits) => own.filter((_name, at) => bits & (2 ** at)));
  const few = new Columns(Boat, expressions, {}, 10);
  const sets = new Set<string>();
  for (const subset of subsets) for (const set of await asked(`{ boats { id ${subset.join(' ')} } }`, few)) sets.add(set.join());
  expect(sets.size).toBe(11);
  expect(sets).toContain(names.join());
});

it('selects each column under its name', () => {
  const { text, values } = new Columns(Boat, expressions).select(['id', 'length'], { length: sql`${3} * b.feet` });
  expect([text, values]).toEqual(['b.id as "id", $1 * b.feet as "length"', [3]]);
});

interface Fleet {
  paged: ReturnType<Columns<Boat>['pageIn']>[];
}
const fleet = buildSDL(`
  type Query { boats: BoatConnection }
  type BoatConnection { nodes: [Boat] edges: [BoatEdge] pageInfo: PageInfo }
  type BoatEdge { cursor: String node: Boat }
  type PageInfo { hasNextPage: Boolean endCursor: String }
  type Boat { id: ID name: String }`);
fleet.getQueryType()!.getFields().boats!.resolve = (_root, _args, { paged }: Fleet, info) => void paged.push(new Columns(Boat, expressions).pageIn(info));

it.each([
  ['{ boats { nodes { name } } }', false],
  ['{ boats { edges { node { name } } pageInfo { hasNextPage } } }', false],
  ['{ boats { edges { cursor } nodes { name } } }', true],
  ['{ boats { nodes { name } pageInfo { next: endCursor } } }', true],
  ['{ boats { ...A } } fragment A on BoatConnection { nodes { name } ...B } fragment B on BoatConnection { pageInfo { endCursor } }', true],
])('%s reads positions: %s', async (query, cursors) => {
  const contextValue: Fleet = { paged: [] };
  await execute({ schema: fleet, document: parse(query), contextValue });
  expect(contextValue.paged.map((one) => one.cursors)).toEqual([cursors]);
});
