import { useHub } from '../../../test/testkit/hub';
import { startupWrites } from '../../../test/testkit/startups';
import { tallySeats } from './stats.loader';

const hub = useHub();
const { register, update, move, rows } = startupWrites(hub);

const [METZ, NANCY, POLE] = ['fr-commune-57463', 'fr-commune-54395', 'sillon-lorrain'];
const AREAS = ['grande-region', 'fr', 'fr-region-lorraine', POLE, METZ, NANCY, 'lu', 'de-kreis-10041'];

type Stages = { key: string; count: number }[];
const STATS = `
  id startups(first: 0) { totalCount }
  stages: startupStats(by: STAGE) { key count }
  withHeadcount: startupStats(by: STAGE, metric: HEADCOUNT) { key count }`;

/** How many startups each area has in creation; fails where counts of the hub are not those of a plain statement. */
async function inCreation(): Promise<Record<string, number>> {
  const areas: { id: string; startups: { totalCount: number }; stages: Stages; withHeadcount: Stages }[] = Object.values(
    await hub.data(`{ ${AREAS.map((id, at) => `a${at}: territory(id: "${id}") { ${STATS} }`).join(' ')} }`),
  );
  for (const { id, startups, stages, withHeadcount } of areas) {
    const plain: { key: string | null; count: number }[] = await rows(
      'select stage as key, count(*)::int as count from startup where merged_into is null and territory_id in (select id from area where $1 = any(areas)) group by 1',
      [id],
    );
    expect(startups.totalCount).toBe(plain.reduce((sum, { count }) => sum + count, 0));
    expect(stages).toHaveLength(plain.filter(({ key }) => key !== null).length);
    expect(plain).toEqual(expect.arrayContaining(stages));
    expect(withHeadcount).toEqual(stages);
  }
  return Object.fromEntries(areas.map(({ id, stages }) => [id, stages.find(({ key }) => key === 'CREATION')?.count ?? 0]));
}

it('startups and their stages are counted as a plain statement counts them, after one moved on, moved away, was merged', async () => {
  const partner = await hub.partner([['PARTNER', 'lorntech']]);
  const officer = await hub.partner([['TERRITORY_OFFICER', POLE]]);
  const before = await inCreation();
  expect(before.fr).toBeGreaterThan(0);

  const { id } = (await register(partner, { territory: METZ })).startup;
  expect(await inCreation()).toEqual(before);
  expect((await move(officer, { id, to: 'CREATION', version: 1 })).userErrors).toEqual([]);
  const [metz, pole] = [before[METZ]! + 1, before[POLE]! + 1];
  expect(await inCreation()).toMatchObject({ [METZ]: metz, [NANCY]: before[NANCY], [POLE]: pole });

  expect((await update(officer, { id, version: 2, territory: NANCY })).userErrors).toEqual([]);
  expect(await inCreation()).toMatchObject({ [METZ]: before[METZ], [NANCY]: before[NANCY]! + 1, [POLE]: pole });

  await rows('update startup set merged_into = (select min(id) from startup where merged_into is null and id <> $1) where id = $1', [id]);
  expect(await inCreation()).toEqual(before);
});

const kept = () => rows('select area_id, stage, sum(startups)::int as startups from seat_tally group by 1, 2 having sum(startups) <> 0 order by 1, 2');
const seats = () => rows('select area_id, stage, count(*)::int as startups from seat group by 1, 2 order by 1, 2');

it('the tally of seats stands for them, also when two put its rows together and an area comes to another', async () => {
  expect((await kept()).length).toBeGreaterThan(50);
  await rows(`update startup set stage = 'ALUMNI' where id < (select percentile_disc(0.3) within group (order by id) from startup)`);
  await rows(`update area set areas = areas || '{elsewhere}' where id = $1`, [METZ]);
  await rows('delete from startup where id in (select id from startup where merged_into is null and id not in (select merged_into from startup where merged_into is not null) order by id desc limit 3)');
  expect(await kept()).toEqual(await seats());
  const { db } = hub.hub.running.get('startups')!;
  const size = async () => (await rows('select count(*)::int from seat_tally'))[0].count as number;
  const before = await size();
  await Promise.all([tallySeats.run(db, new Date()), tallySeats.run(db, new Date())]);
  expect(await size()).toBeLessThan(before);
  expect(await kept()).toEqual(await seats());
});
