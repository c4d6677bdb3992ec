import { readFileSync } from 'node:fs';
import { Kind, parse, type ConstDirectiveNode, type FieldDefinitionNode, type ObjectTypeDefinitionNode, type TypeNode } from 'graphql';
import { apiFile, compose, supergraphFile } from '../../gateway/supergraph/compose';
import { getMetadataStorage } from 'type-graphql';
import { directResolvers } from '../../shared/graphql/directResolvers';
import { subgraphFile } from '../../shared/subgraph';
import { printSchemas } from '../../subgraphs/printSchemas';

// `npm run compose` writes what these compare.

it('each subgraph has the SDL that is committed', async () => {
  for (const [name, sdl] of await printSchemas()) {
    expect(`# ${name}\n${sdl}`).toBe(`# ${name}\n${readFileSync(subgraphFile(name, 'schema.graphql'), 'utf8')}`);
  }
});

it('the four compose to the supergraph and the API that are committed', () => {
  const { supergraph, api } = compose();
  expect(supergraph).toBe(readFileSync(supergraphFile, 'utf8'));
  expect(api).toBe(readFileSync(apiFile, 'utf8'));
});

it('fields that one subgraph adds to another\'s entity are nullable: with it down, the rest is answered', async () => {
  const owners: Record<string, string> = { Territory: 'territories', Place: 'territories', Organisation: 'territories', Startup: 'startups' };
  const checked = new Set<string>();
  for (const [name, sdl] of await printSchemas()) {
    for (const [, type, body] of sdl.matchAll(/^type (\w+)[^{]*@key[^{]*\{\n([\s\S]*?)^\}/gm)) {
      if (owners[type!] === undefined || owners[type!] === name) continue;
      checked.add(`${name} ${type}`);
      const fields = body!.replaceAll(/"""[\s\S]*?"""/g, '').replaceAll(/\([^)]*\)/g, '').split('\n').filter((line) => /^\s+\w+:/.test(line));
      expect(fields.filter((line) => /!\s*$/.test(line) && !/^\s+id:/.test(line)).map((line) => `${name}: ${type} ${line.trim()}`)).toEqual([]);
    }
  }
  expect([...checked]).toEqual(expect.arrayContaining(['startups Territory', 'startups Place', 'programmes Startup', 'programmes Organisation', 'jobs Territory', 'jobs Startup']));
});

describe('with one subgraph down, what the others have is answered', () => {
  const types = new Map(parse(compose().supergraph).definitions.flatMap((one) => (one.kind === Kind.OBJECT_TYPE_DEFINITION ? [[one.name.value, one] as const] : [])));
  const nameOf = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type));
  const graphs = (directives: readonly ConstDirectiveNode[] = [], name: string) =>
    directives.filter((one) => one.name.value === name).flatMap(({ arguments: given = [] }) => given.flatMap(({ value }) => (value.kind === Kind.ENUM ? [value.value] : [])));
  /** The subgraphs that have a field. */
  const having = (type: ObjectTypeDefinitionNode, field: FieldDefinitionNode): string[] => {
    const named = graphs(field.directives, 'join__field');
    return named.length > 0 ? named : graphs(type.directives, 'join__type');
  };

  it('the fields of the roots are nullable: an operation asks several subgraphs by one root', () => {
    const fields = [...types.get('Query')!.fields!, ...types.get('Mutation')!.fields!];
    expect(fields.length).toBeGreaterThan(40);
    expect(fields.filter(({ type }) => type.kind === Kind.NON_NULL_TYPE).map(({ name }) => name.value)).toEqual([]);
  });

  it('an object is nullable where a subgraph hands out no more than its key', () => {
    let found = 0;
    const wrong = [...types.values()].flatMap((type) =>
      type.fields!.filter((field) => {
        const returned = types.get(nameOf(field.type));
        const needsOthers = returned && having(type, field).some((graph) => returned.fields!.some((one) => one.type.kind === Kind.NON_NULL_TYPE && !having(returned, one).includes(graph)));
        if (needsOthers) found++;
        const outer = field.type.kind === Kind.NON_NULL_TYPE ? field.type.type : field.type;
        return needsOthers && (outer.kind === Kind.LIST_TYPE ? outer.type : field.type).kind === Kind.NON_NULL_TYPE;
      }).map(({ name }) => `${type.name.value}.${name.value}`),
    );
    expect(wrong).toEqual([]);
    expect(found).toBeGreaterThan(20);
  });
});

it('a field that needs a scope is never handed over past its guard', async () => {
  const guarded: string[] = [];
  for (const sdl of (await printSchemas()).values()) {
    for (const type of parse(sdl).definitions) {
      if (type.kind !== Kind.OBJECT_TYPE_DEFINITION && type.kind !== Kind.OBJECT_TYPE_EXTENSION) continue;
      for (const { name, directives = [] } of type.fields ?? []) if (directives.some((one) => one.name.value === 'requiresScopes')) guarded.push(`${type.name.value}.${name.value}`);
    }
  }
  const { queries, fieldResolvers, mutations } = getMetadataStorage();
  const direct = directResolvers([...new Set([...queries, ...fieldResolvers, ...mutations].map(({ target }) => target))]);
  expect(Object.keys(direct).length).toBeGreaterThan(10);
  const unguarded = Object.entries(direct).flatMap(([type, fields]) => Object.keys(fields).map((field) => `${type}.${field}`));
  expect(guarded.length).toBeGreaterThan(10);
  expect(guarded.filter((field) => unguarded.includes(field))).toEqual([]);
});
