import { buildSchema } from 'graphql';
import type { GatewayContext } from '../request/context';
import { compilePlan, type Assembly, type QueryPlan } from './plan';

// What a subgraph sends is not to be trusted. Whether plans are carried out right is compared with Apollo's executor, see
// `test/federation/executors.test.ts`.

const schema = buildSchema('type Query { things: [Thing] } type Thing { id: ID name: String }');
const plan = {
  kind: 'QueryPlan',
  node: {
    kind: 'Sequence',
    nodes: [
      { kind: 'Fetch', serviceName: 'a', operation: '{things{__typename id}}', operationKind: 'query' },
      {
        kind: 'Flatten',
        path: ['things', '@'],
        node: { kind: 'Fetch', serviceName: 'b', operation: '…', operationKind: 'query', requires: [{ kind: 'InlineFragment', typeCondition: 'Thing', selections: [{ kind: 'Field', name: '__typename' }, { kind: 'Field', name: 'id' }] }] },
      },
    ],
  },
} as unknown as QueryPlan;

async function carryOut(a: string, b: string) {
  const asked: unknown[] = [];
  const sources = new Map(Object.entries({ a, b }).map(([name, text]) => [name, async ({ variables }: { variables: { representations?: unknown } }) => {
    if (variables.representations) asked.push(variables.representations);
    return JSON.parse(text);
  }]));
  const assembly: Assembly = { data: {}, errors: [], variables: {}, context: {} as GatewayContext };
  await compilePlan(plan, sources as never, schema, {})(assembly);
  return { data: assembly.data, errors: assembly.errors, asked };
}

it('an entity that stands at several places is asked for once, and its errors are told at each', async () => {
  const thing = '{"__typename":"Thing","id":"1"}';
  const { data, errors, asked } = await carryOut(
    `{"data":{"things":[${thing},null,{"__typename":"Thing","id":"2"},${thing}]}}`,
    '{"data":{"_entities":[{"name":null},{"name":"two"}]},"errors":[{"message":"no","path":["_entities",0,"name"],"extensions":{"code":"X"}}]}',
  );
  expect(asked).toEqual([[{ __typename: 'Thing', id: '1' }, { __typename: 'Thing', id: '2' }]]);
  expect((data.things as any[]).map((one) => one?.name)).toEqual([null, undefined, 'two', null]);
  expect(errors.map(({ path }) => path)).toEqual([['things', 0, 'name'], ['things', 3, 'name']]);
  expect(errors[0]!.extensions).toEqual({ code: 'X', service: 'b' });
});

it.each([
  ['what all objects inherit', '{"data":{"things":[],"__proto__":{"spoiled":true}}}'],
  ['what their constructor has', '{"data":{"things":[],"constructor":{"prototype":{"spoiled":true}}}}'],
])('a subgraph cannot change %s', async (_, answer) => {
  await carryOut(answer, '{"data":null}');
  expect(({} as { spoiled?: unknown }).spoiled).toBeUndefined();
});

it.each(['{"data":{"things":{"id":"1"}}}', '{"data":{"things":["1",2,true]}}', '{"data":{"things":"none"}}', '{"data":null}'])('an answer of another shape (%s) leads to no further fetch', async (answer) => {
  expect((await carryOut(answer, '{"data":null}')).asked).toEqual([]);
});
