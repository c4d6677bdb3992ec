import { writeFileSync } from 'node:fs';
import { printSubgraphSchema } from '@apollo/subgraph';
import { subgraphFile } from '../shared/subgraph';
import { subgraphs } from './all';

/** The SDL of each subgraph as its classes say it, by name. */
export async function printSchemas(): Promise<Map<string, string>> {
  const printed = new Map<string, string>();
  for (const { name, buildSchema } of subgraphs) printed.set(name, `${printSubgraphSchema(await buildSchema()).trim()}\n`);
  return printed;
}

if (require.main === module) {
  void printSchemas().then((printed) => {
    for (const [name, sdl] of printed) writeFileSync(subgraphFile(name as never, 'schema.graphql'), sdl);
  });
}
