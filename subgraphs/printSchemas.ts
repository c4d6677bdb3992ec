import { writeFileSync } from 'node:fs';
import { printSubgraphSchema } from '@apollo/subgraph';
import type { SubgraphName } from '../shared/config';
import { subgraphFile } from '../shared/subgraph';
import { subgraphs } from './all';

/** The SDL of each subgraph as its classes say it, by name. */
export async function printSchemas(): Promise<Map<SubgraphName, string>> {
  const printed = new Map<SubgraphName, string>();
  for (const { name, buildSchema } of subgraphs) printed.set(name, `${printSubgraphSchema(await buildSchema()).trim()}\n`);
  return printed;
}

if (require.main === module) {
  void printSchemas().then((printed) => {
    for (const [name, sdl] of printed) writeFileSync(subgraphFile(name, 'schema.graphql'), sdl);
  });
}
