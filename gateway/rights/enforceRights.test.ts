import { buildSchema, execute, getOperationAST, parse, validate, type DocumentNode } from 'graphql';
import type { GatewayExecutor } from '@apollo/server-gateway-interface';
import { PUBLIC, type Caller } from '../../shared/rights/caller';
import type { Scope } from '../../shared/rights/rights';
import { enforceRights } from './enforceRights';
import { readNeeds } from './needs';

const sdl = `
  schema @link(url: "https://specs.apollo.dev/authenticated/v0.1", for: SECURITY) @link(url: "https://specs.apollo.dev/requiresScopes/v0.1", as: "scoped", for: SECURITY) { query: Query mutation: Mutation }
  directive @link(url: String, as: String, for: Purpose) repeatable on SCHEMA
  enum Purpose { SECURITY }
  directive @authenticated on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
  directive @scoped(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
  type Query { startup: Startup!  startups: [Startup!]!  employers: [Employer!]!  named: [Named!]!  members: String @authenticated  vault: Vault  strict: Strict }
  type Mutation { open(id: ID): Startup @scoped(scopes: [["jobs:write"]])  shut: Startup @scoped(scopes: [["jobs:write", "audit:read"], ["startups:write"]])  free: Startup }
  interface Named { name: String }
  type Startup implements Named { name: String  contacts: [Contact!] @authenticated @scoped(scopes: [["contacts:read"]])  parent: Startup }
  type Organisation implements Named { name: String @scoped(scopes: [["audit:read"]])  contacts: [Contact!] }
  type Contact { email: String }
  type Vault @scoped(scopes: [["audit:read"]]) { gold: Int }
  type Strict { inner: Inner }
  type Inner { must: String! @authenticated  other: String }
  union Employer = Startup | Organisation`;
const schema = buildSchema(sdl);
const needs = readNeeds(sdl, schema);

const startup = { __typename: 'Startup', name: 'Anne', contacts: [{ email: 'secret' }], parent: { __typename: 'Startup', name: 'Parent', contacts: [{ email: 'secret' }] } };
const organisation = { __typename: 'Organisation', name: 'secret', contacts: [{ email: 'of an organisation' }] };
const rootValue = {
  startup,
  startups: [startup, startup],
  employers: [startup, organisation],
  named: [startup, organisation],
  members: 'secret',
  vault: { gold: 1 },
  strict: { inner: { must: 'secret', other: 'seen' } },
  open: () => startup,
  shut: () => startup,
  free: () => startup,
};

const caller = (...scopes: Scope[]): Caller => ({ partner: { id: 'p', name: 'P', organisation: null }, via: 'key abc', scopes, grants: [] });

async function ask(query: string, who: Caller = PUBLIC, variables: Record<string, unknown> = {}) {
  let asked: DocumentNode | undefined;
  const noted: string[] = [];
  const inner: GatewayExecutor = async ({ document, request }) => {
    asked = document;
    return execute({ schema, document, rootValue, variableValues: request.variables ?? {} }) as never;
  };
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  const request = { document, schema, operation: getOperationAST(document), request: { query, variables }, queryHash: 'hash', context: { caller: who } };
  const { data, errors } = await enforceRights(inner, () => needs, async (_, mutations) => void noted.push(...mutations))(request as never);
  expect(JSON.stringify(asked ?? '')).not.toMatch(/"secret"/);
  return { data: JSON.parse(JSON.stringify(data)), errors: errors?.map(({ path, extensions }) => [path?.join('.'), extensions?.code, extensions?.scopes]), messages: errors?.map(({ message }) => message), asked, noted };
}

it('nothing is cut from what anybody may see, and the document stays the very same', async () => {
  const { data, errors, asked } = await ask('{ startup { name } }');
  expect(data).toEqual({ startup: { name: 'Anne' } });
  expect(errors).toBeUndefined();
  expect(asked!.definitions[0]!.loc).toBeDefined();
});

it('what the caller may not see is null, with one error that names the path and the scope; the rest is answered', async () => {
  const { data, errors, asked } = await ask('{ startups { name contacts { email } mine: contacts { email } parent { contacts { email } } } members }');
  const one = { name: 'Anne', contacts: null, mine: null, parent: { contacts: null } };
  expect(data).toEqual({ startups: [one, one], members: null });
  expect(errors).toEqual([
    ['startups.@.contacts', 'UNAUTHENTICATED', ['contacts:read']],
    ['startups.@.mine', 'UNAUTHENTICATED', ['contacts:read']],
    ['startups.@.parent.contacts', 'UNAUTHENTICATED', ['contacts:read']],
    ['members', 'UNAUTHENTICATED', []],
  ]);
  // The subgraphs are not even asked.
  expect(JSON.stringify(asked)).not.toMatch(/email|"members"[^}]*}[^}]*"name":\{"kind":"Name","value":"members"/);
});

it('a known caller without the scope is forbidden, one with it sees', async () => {
  expect((await ask('{ startup { contacts { email } } }', caller('jobs:write'))).errors).toEqual([['startup.contacts', 'FORBIDDEN', ['contacts:read']]]);
  const { data, errors } = await ask('{ startup { contacts { email } } }', caller('contacts:read'));
  expect(data).toEqual({ startup: { contacts: [{ email: 'secret' }] } });
  expect(errors).toBeUndefined();
});

it('through fragments, unions and interfaces too; one of another type under the same key is left alone', async () => {
  const { data } = await ask(`{
    employers { __typename ...F ... on Organisation { contacts { email } } }
    again: employers { ...F }
    named { name }
  }
  fragment F on Employer { ... on Startup { people: contacts { email } name } }`);
  expect(data).toEqual({
    employers: [{ __typename: 'Startup', people: null, name: 'Anne' }, { __typename: 'Organisation', contacts: [{ email: 'of an organisation' }] }],
    again: [{ people: null, name: 'Anne' }, {}],
    // Behind an interface may be a type whose field is protected.
    named: [{ name: null }, { name: null }],
  });
});

it('what is skipped or not included has no error, and no null', async () => {
  const query = 'query($yes: Boolean!, $no: Boolean!) { startup { name contacts @skip(if: $yes) { email } ... @include(if: $no) { contacts { email } } } }';
  expect(await ask(query, PUBLIC, { yes: true, no: false })).toMatchObject({ data: { startup: { name: 'Anne' } }, errors: undefined });
  const seen = { data: { startup: { name: 'Anne', contacts: null } }, errors: [['startup.contacts', 'UNAUTHENTICATED', ['contacts:read']]] };
  expect(await ask(query, PUBLIC, { yes: false, no: false })).toMatchObject(seen);
  expect(await ask('query($with: Boolean! = true) { startup { name contacts @include(if: $with) { email } } }')).toMatchObject(seen);
});

it('a field of a protected type is protected; a null that a type does not allow goes up', async () => {
  expect((await ask('{ vault { gold } }', caller())).data).toEqual({ vault: null });
  expect((await ask('{ strict { inner { other must } } }')).data).toEqual({ strict: { inner: null } });
});

it('a mutation without its scope is refused whole, before any of them is made', async () => {
  const query = 'mutation { free { name } a: open(id: 1) { name } ...M } fragment M on Mutation { ... on Mutation { shut { name } } }';
  expect(await ask(query, caller('audit:read'))).toMatchObject({
    data: null,
    asked: undefined,
    noted: ['open', 'shut'],
    errors: [['a', 'FORBIDDEN', ['jobs:write']], ['shut', 'FORBIDDEN', ['jobs:write and audit:read', 'startups:write']]],
  });
  expect((await ask(query, PUBLIC)).noted).toEqual([]);
  expect((await ask(query, caller('jobs:write', 'startups:write'))).data.shut).toEqual({ name: 'Anne' });
  expect((await ask('mutation { shut { name contacts { email } } }', caller('startups:write'))).data).toEqual({ shut: { name: 'Anne', contacts: null } });
});

it('fragments that use each other many times are looked through once', async () => {
  const bomb = Array.from({ length: 12 }, (_, at) => `fragment F${at} on Startup { ...F${at + 1} parent { ...F${at + 1} } }`).join(' ');
  const document = `{ startup { ...F0 } } ${bomb} fragment F12 on Startup { contacts { email } }`;
  const { data } = await ask(document);
  expect(data.startup.contacts).toBeNull();
});

it('says which scope is needed, and of what is for anybody who is known just that', async () => {
  expect((await ask('{ members vault { gold } }')).messages).toEqual([
    'This is for known callers: send a key or token as "Authorization: Bearer …".',
    'The scope audit:read is needed: send a key or token as "Authorization: Bearer …".',
  ]);
});
