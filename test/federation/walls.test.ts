import { execFileSync } from 'node:child_process';
import { subgraphNames } from '../../shared/config';
import { root } from '../../shared/root';
import { useHub } from '../testkit/hub';

const hub = useHub();

it('a subgraph\'s database role reads its own schema and no other', async () => {
  for (const reader of subgraphNames) {
    const { dataSource } = hub.hub.running.get(reader)!.db;
    for (const owner of subgraphNames) {
      const read = dataSource.query(`select count(*) from ${owner}.seed_run`);
      if (owner === reader) await expect(read).resolves.toHaveLength(1);
      else await expect(read).rejects.toThrow(/permission denied for schema/);
    }
  }
});

const refused: [file: string, code: string][] = [
  ['subgraphs/programmes/award/award.ts', `import '../../startups';`],
  ['subgraphs/programmes/award/award.ts', `import '../../startups/startup/startup.type';`],
  ['subgraphs/programmes/award/award.ts', `import '../../../subgraphs/jobs';`],
  ['subgraphs/programmes/award/award.ts', `import '../../all';`],
  ['subgraphs/programmes/index.ts', `import '../startups';`],
  ['subgraphs/programmes/index.ts', `import '../../gateway/hub';`],
  ['subgraphs/programmes/index.ts', `import '../../test/testkit/config';`],
  ['subgraphs/programmes/index.ts', `export const later = import('../startups');`],
  ['gateway/server.ts', `import '../subgraphs/jobs';`],
  ['gateway/server.ts', `import '../subgraphs/all';`],
  ['gateway/hub.ts', `import '../subgraphs/jobs';`],
  ['shared/subgraph.ts', `import '../gateway/server';`],
  ['shared/graphql/context.ts', `import '../../subgraphs/jobs';`],
  ['gateway/server.ts', `export const home = process.env.HOME;`],
];
const allowed: [file: string, code: string][] = [
  ['subgraphs/programmes/award/award.ts', `import '../../../shared/config'; import '../programme/programme.type'; import '../references/startups';`],
  ['gateway/hub.ts', `import '../subgraphs/all'; import '../shared/config';`],
  ['shared/config.ts', `export const home = process.env.HOME;`],
];

/** How often each snippet breaks a wall. ESLint reads its configuration as a module, which jest cannot: it runs beside. */
function refusals(snippets: [file: string, code: string][]): number[] {
  const script = `
    import { ESLint } from 'eslint';
    const eslint = new ESLint();
    const counts = [];
    for (const [filePath, code] of JSON.parse(process.argv[1])) {
      const [{ messages }] = await eslint.lintText(code, { filePath });
      counts.push(messages.filter(({ ruleId }) => ruleId?.startsWith('no-restricted')).length);
    }
    console.log(JSON.stringify(counts));`;
  return JSON.parse(execFileSync(process.execPath, ['--input-type=module', '-e', script, JSON.stringify(snippets)], { cwd: root, encoding: 'utf8' })) as number[];
}

it('lint refuses what breaks a wall, and nothing else', () => {
  const broken = refusals(refused);
  expect(refused.filter((_, at) => broken[at] === 0)).toEqual([]);
  const kept = refusals(allowed);
  expect(allowed.filter((_, at) => kept[at] !== 0)).toEqual([]);
});
