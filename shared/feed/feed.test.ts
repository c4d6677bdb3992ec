import { setTimeout as pause } from 'node:timers/promises';
import sql from 'sql-template-tag';
import { useHub } from '../../test/testkit/hub';
import { followAreas } from '../areas/areas';
import { catchUp, type FeedSource } from './feed';

const hub = useHub();
const of = (name: 'territories' | 'programmes') => hub.hub.running.get(name)!;
const copied = async (id: string) => (await of('programmes').db.rows<{ names: { value: string }[] }>(sql`select names from area where id = ${id}`))[0]?.names[0]?.value;
const update = () => catchUp(of('programmes').db, followAreas, of('territories').feeds);
/** Updates until nothing is held back: other tests have transactions in the same cluster. */
const updateWhole = async () => {
  while (await update()) await pause(20);
};
const own = (statement: string, values: unknown[] = []) => of('territories').db.dataSource.query(statement, values);
const insert = `insert into territory (id, kind, names, areas, provenance) values ($1, 'REGION', '[{"lang":"FR","value":"first"}]', array[$1], '[]')`;

afterEach(async () => {
  await own(`delete from territory where id like 'feed-%'`);
  await of('programmes').db.dataSource.query(`delete from area where id like 'feed-%'`);
});

it('a copy has what its owner has', async () => {
  const ids = async (name: 'territories' | 'programmes', table: string) => (await of(name).db.dataSource.query(`select id from ${table} order by id`)).map(({ id }: { id: string }) => id);
  expect(await ids('programmes', 'area')).toEqual(await ids('territories', 'territory'));
});

it('brings what is new and what has changed', async () => {
  await own(insert, ['feed-a']);
  await updateWhole();
  expect(await copied('feed-a')).toBe('first');
  await own(`update territory set names = '[{"lang":"FR","value":"second"}]' where id = 'feed-a'`);
  await updateWhole();
  expect(await copied('feed-a')).toBe('second');
});

it('misses nothing of a transaction that began earlier and ended later', async () => {
  const early = of('territories').db.dataSource.createQueryRunner();
  await early.startTransaction();
  await early.query(insert, ['feed-early']);
  await own(insert, ['feed-late']);
  // The later one waits, and the follower is told: had the position moved past it, the earlier one would be lost.
  expect(await update()).toBe(true);
  expect(await copied('feed-late')).toBeUndefined();
  await early.commitTransaction();
  await early.release();
  await updateWhole();
  expect([await copied('feed-early'), await copied('feed-late')]).toEqual(['first', 'first']);
});

it('keeps its place where a page cannot be written, and goes on from there', async () => {
  await own(insert, ['feed-b']);
  const broken: FeedSource = { ...of('territories').feeds, read: async (topic, after) => ({ ...(await of('territories').feeds.read(topic, after)), records: [{ id: null }] }) };
  await expect(catchUp(of('programmes').db, followAreas, broken)).rejects.toThrow(/null value in column "id"/);
  await updateWhole();
  expect(await copied('feed-b')).toBe('first');
});
