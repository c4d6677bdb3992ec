import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from '../../shared/root';
import { useDistributed } from '../testkit/distributed';
import { useHub } from '../testkit/hub';

// The hub's own subgraphs as processes, one of which is restarted with another schema while the gateway asks them for theirs.

const folder = mkdtempSync(join(tmpdir(), 'own-'));
afterAll(() => rmSync(folder, { recursive: true }));
const together = useHub();
const apart = useDistributed(together, {}, () => Promise.resolve({ SUPERGRAPH_POLL_SECONDS: '0.5' }));

/** What lets `jobs` start as another version of itself: its schema has one more query, or one less. */
function version(name: string, resolver: string, without = ''): Record<string, string> {
  const file = join(folder, `${name}.js`);
  writeFileSync(
    file,
    `const { createRequire } = require('node:module');
     const fromHub = createRequire(${JSON.stringify(join(root, 'dist/subgraphs/main.js'))});
     fromHub('reflect-metadata');
     const { Query, Resolver } = fromHub('type-graphql');
     const federation = fromHub('../shared/graphql/federation');
     const build = federation.buildFederatedSchema;
     class More { ${resolver || 'none'}() { return 'of the new version'; } }
     ${resolver ? `Query(() => String)(More.prototype, '${resolver}', Object.getOwnPropertyDescriptor(More.prototype, '${resolver}')); Resolver()(More);` : ''}
     Object.defineProperty(federation, 'buildFederatedSchema', { value: (options) =>
       build({ ...options, resolvers: [...options.resolvers.filter(({ name }) => name !== '${without}'), ...(${Boolean(resolver)} ? [More] : [])] }) });`,
  );
  return { NODE_OPTIONS: `--require ${file}` };
}
const restarted = async (more: Record<string, string>) => {
  await apart.kill('jobs');
  await apart.restart('jobs', more);
};
const said = async (pattern: RegExp) => {
  const from = apart.processes.get('gateway')!.output.length;
  for (let tries = 0; tries < 300; tries++) {
    const found = apart.processes.get('gateway')!.output.slice(from).match(pattern);
    if (found) return found[0];
    await pause(50);
  }
  throw new Error(`The gateway never said ${pattern}.`);
};
const OLD = '{ jobOffers(first: 1) { nodes { id } } territory(id: "sillon-lorrain") { name } }';

it('a schema that composes is taken, one that does not is kept out and the log says why, until the next', async () => {
  expect((await apart.ask('{ jobsVersion }')).errors?.[0]?.message).toMatch('jobsVersion');
  const taken = said(/a new supergraph is served/);
  await restarted(version('more', 'jobsVersion'));
  await taken;
  expect(await apart.ask('{ jobsVersion }')).toMatchObject({ status: 200, data: { jobsVersion: 'of the new version' } });
  expect((await apart.ask(OLD)).errors).toBeUndefined();

  // `territory` is another subgraph's, of another type.
  const refused = said(/"why":"The subgraphs do not compose[^\n]*/);
  await restarted(version('clash', 'territory'));
  expect(await refused).toMatch(/Query\.territory[^\n]*was not taken/);
  expect((await apart.ask(OLD)).errors).toBeUndefined();

  const less = said(/"why":"It would break[^\n]*/);
  await restarted(version('less', '', 'TrainingResolver'));
  expect(await less).toMatch(/was not taken/);

  // As it was at first: what the version before had more is gone, which breaks too, so that the last good one stays.
  const again = said(/"why":"It would break[^\n]*jobsVersion[^\n]*/);
  await restarted({});
  await again;
  expect((await apart.ask(OLD)).errors).toBeUndefined();
});
