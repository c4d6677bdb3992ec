import { readFileSync } from 'node:fs';
import { apiFile, compose, supergraphFile } from '../../gateway/supergraph/compose';
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
