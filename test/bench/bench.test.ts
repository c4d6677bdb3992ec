import { useHub } from '../testkit/hub';
import { query } from './data';
import { queries } from './queries/all';

// The benchmark itself is no test: it takes minutes. This keeps right what it asks.

const hub = useHub();

it.each(queries)('$name: the statement answers as the hub does, for all variables', async ({ text, variables, sql }) => {
  for (const one of variables) {
    const [row] = await query<{ data: string }>(hub.databaseUrl, `select (${sql}) as data`, Object.values(one));
    expect(JSON.parse(row!.data)).toEqual(await hub.data(text, { variables: one }));
  }
});

it.each(queries)('$name: there are several times more questions than requests under way, and none twice', ({ variables }) => {
  expect(new Set(variables.map((one) => JSON.stringify(one))).size).toBe(variables.length);
  expect(variables.length).toBeGreaterThanOrEqual(3 * 8);
});
