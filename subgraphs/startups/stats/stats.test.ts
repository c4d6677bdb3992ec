import { useHub } from '../../../test/testkit/hub';
import { startupWrites } from '../../../test/testkit/startups';

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
