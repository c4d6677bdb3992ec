import { buildSchema, getOperationAST, parse } from 'graphql';
import { readNeeds } from '../rights/needs';
import { policyOf, readHints } from './policy';

const sdl = `
  directive @cacheControl(maxAge: Int, scope: Scope, inheritMaxAge: Boolean) on FIELD_DEFINITION | OBJECT
  directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION
  directive @authenticated on FIELD_DEFINITION
  enum Scope { PUBLIC PRIVATE }
  type Query { town: Town size: Int sized: Int @cacheControl(maxAge: 5) bare: Bare mine: Town @cacheControl(maxAge: 7, scope: PRIVATE) }
  type Mutation { found: Town }
  type Town @cacheControl(maxAge: 100) {
    name: String
    mayor: String @cacheControl(maxAge: 20)
    phone: String @requiresScopes(scopes: [["phones:read"]])
    size: Size
    bare: Bare
    inherited: Bare @cacheControl(inheritMaxAge: true)
    twin: Town @cacheControl(maxAge: 30)
    members: Int @authenticated
  }
  type Size @cacheControl(inheritMaxAge: true) { value: Int }
  type Bare { id: ID }`;
const schema = buildSchema(sdl);
const policy = (text: string, name?: string) => {
  const document = parse(text);
  return policyOf(document, getOperationAST(document, name)!, schema, readHints(sdl), readNeeds(sdl, schema));
};

it.each([
  ['{ town { name } }', 100],
  ['{ town { name mayor } }', 20],
  ['{ town { size { value } } }', 100],
  ['{ town { inherited { id } } }', 100],
  ['{ town { bare { id } } }', 0],
  ['{ town { twin { name } } }', 30],
  ['{ size }', 0],
  ['{ sized }', 5],
  ['{ bare { id } }', 0],
  ['{ __typename }', 0],
  ['{ town { __typename } }', 100],
  ['{ town { name } __type(name: "Town") { name } }', 0],
  ['mutation { found { name } }', 0],
])('%s lives %i seconds', (text, seconds) => {
  expect(policy(text)).toEqual({ writes: text.startsWith('mutation'), seconds, byCaller: false });
});

it.each([
  '{ town { phone } }',
  '{ town { members } }',
  '{ town { name other: phone } }',
  '{ town { ...A } } fragment A on Town { ...B } fragment B on Town { p: phone }',
  '{ town { ... { ... on Town { twin { phone } } } } }',
  'query($with: Boolean!) { town { phone @include(if: $with) } }',
])('%s is never kept: it needs a scope', (text) => {
  expect(policy(text).seconds).toBe(0);
});

it('tells what some callers see otherwise, and of several operations looks at one', () => {
  expect(policy('{ mine { name } }')).toEqual({ writes: false, seconds: 7, byCaller: true });
  expect(policy('query A { mine { phone } } query B { town { mayor } }', 'B')).toEqual({ writes: false, seconds: 20, byCaller: false });
});
