import { useHub } from '../testkit/hub';
import { story } from '../testkit/stories';

const hub = useHub();

describe('8. startups with more than half of their turnover abroad', () => {
  it('are those, and no others, with the turnover of the year', async () => {
    const { startups } = await hub.data(story(8).query);
    expect(startups.totalCount).toBeGreaterThan(0);
    for (const { turnovers } of startups.nodes) {
      expect(turnovers).toHaveLength(1);
      expect(turnovers[0].shareAbroadPercent).toBeGreaterThanOrEqual(50);
      expect(turnovers[0].provenance).toEqual({ asOf: '2024-12-31', confidence: 'ESTIMATED' });
    }
    // Counted the other way: all startups by their own turnovers.
    const { startups: all } = await hub.data('{ startups(first: 100) { totalCount nodes { turnovers(year: 2024) { shareAbroadPercent } } } }');
    expect(all.totalCount).toBeGreaterThan(100);
    const { startups: rest } = await hub.data('query($after: Cursor) { startups(first: 100, after: $after) { nodes { turnovers(year: 2024) { shareAbroadPercent } } } }', {
      variables: { after: (await hub.data('{ startups(first: 100) { pageInfo { endCursor } } }')).startups.pageInfo.endCursor },
    });
    const shares = [...all.nodes, ...rest.nodes].flatMap(({ turnovers }: any) => turnovers.map((turnover: any) => turnover.shareAbroadPercent));
    expect(shares.filter((share: number) => share >= 50)).toHaveLength(startups.totalCount);
  });
});

describe('13. the same company in two registers', () => {
  it('is found by its number first, with reasons and both records', async () => {
    const { nodes } = (await hub.data(story(13).query)).duplicateCandidates;
    const scores = nodes.map(({ score }: any) => score);
    expect(scores).toEqual([...scores].sort((a: number, b: number) => b - a));
    expect(scores.at(-1)).toBeGreaterThanOrEqual(0.8);
    expect(nodes[0]).toMatchObject({ score: 1, reasons: expect.arrayContaining(['SAME_REGISTER_NUMBER']) });
    const numbers = nodes[0].startup.registerIds.concat(nodes[0].other.registerIds).map(({ scheme }: any) => scheme);
    expect(numbers).toContain('EUID');
    // A machine proposes; nothing real is proposed as the twin of something made up.
    expect(nodes.every(({ startup, other }: any) => /fiktiv|fictif/.test(startup.name) && /fiktiv|fictif/.test(other.name))).toBe(true);
  });
});

describe('14. a company by a foreign register number', () => {
  it('is null where the number is well formed and nobody has it', async () => {
    expect(await hub.data(story(14).query)).toEqual({ startup: null });
  });

  it('is found by its EUID and by the national number inside it, with its awards and offers', async () => {
    const { startups } = await hub.data('{ startups(first: 100) { nodes { id registerIds { scheme value } } } }');
    const luxembourgish = startups.nodes.find(({ registerIds }: any) => registerIds.some(({ scheme }: any) => scheme === 'RCS_LU'));
    const number = luxembourgish.registerIds.find(({ scheme }: any) => scheme === 'RCS_LU').value;
    const by = async (scheme: string, value: string) => (await hub.data(story(14).query.replace('EUID', scheme).replace('LURCSL.B123456', value))).startup;
    const found = await by('EUID', `LURCSL.${number}`);
    expect(found.awards).toEqual([]);
    expect(Array.isArray(found.jobOffers)).toBe(true);
    expect((await by('RCS_LU', number)).id).toBe(found.id);
  });

  it('is found by the SIREN of a real laureate, with its i-Lab awards', async () => {
    const { startup } = await hub.data('{ startup(registerId: {scheme: SIREN, value: "444 885 313"}) { name status awards { title year programme { id } provenance { source { id } recordId } } provenance { source { licence } confidence } } }');
    expect(startup).toMatchObject({ name: 'ACTARUS', status: null });
    expect(startup.awards.map(({ year }: any) => year)).toEqual([2000, 2002]);
    expect(startup.awards[0]).toMatchObject({ programme: { id: 'i-lab' }, provenance: { source: { id: 'ilab' }, recordId: '444885313' } });
    expect(startup.provenance[0].source.licence).toMatch(/Licence Ouverte/);
  });

  it.each([
    ['SIREN', '444885314'],
    ['SIREN', '44488'],
    ['EUID', 'nonsense'],
    ['RCS_LU', '12345'],
  ])('is refused where the number cannot be one: %s %s', async (scheme, value) => {
    const { errors } = await hub.ask(`{ startup(registerId: {scheme: ${scheme}, value: "${value}"}) { id } }`);
    expect(errors![0]).toMatchObject({ message: expect.stringContaining(JSON.stringify(value)), extensions: { code: 'BAD_USER_INPUT', argument: 'registerId.value' } });
  });
});

describe('16. where the startups stand, and how they got there', () => {
  it('the last step of the history is where it stands', async () => {
    const { startups } = await hub.data(story(16).query);
    expect(startups.nodes.length).toBeGreaterThan(0);
    for (const { stage, stageHistory } of startups.nodes) {
      expect(['ACCELERATION', 'INTERNATIONAL']).toContain(stage);
      expect(stageHistory.at(-1).stage).toBe(stage);
      const since = stageHistory.map((step: any) => step.since);
      expect(since).toEqual([...since].sort());
    }
  });
});

describe('20. what changed since the last visit', () => {
  it('pages through all startups by the time of their change, each once', async () => {
    const { query, variables } = story(20);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { startups }: any = await hub.data(query.replace('first: 100', 'first: 40'), { variables: { ...variables, after } });
      seen.push(...startups.edges.map(({ node }: any) => node.id));
      after = startups.pageInfo.hasNextPage ? startups.pageInfo.endCursor : null;
    } while (after);
    const [{ count }] = await hub.hub.running.get('startups')!.db.dataSource.query('select count(*)::int as count from startup');
    expect(seen).toHaveLength(count);
    expect(new Set(seen).size).toBe(count);
  });

  it('has nothing newer than now', async () => {
    const { startups } = await hub.data(story(20).query, { variables: { since: new Date(Date.now() + 60_000).toISOString() } });
    expect(startups.edges).toEqual([]);
  });

  it('gives the equivalents of an activity in the other classifications', async () => {
    const { startups } = await hub.data('{ startups(filter: {activities: [{scheme: NAF_2, code: "62.01Z"}]}, first: 100) { nodes { activities { scheme code equivalents { scheme code } } } } }');
    const activities = startups.nodes.flatMap((node: any) => node.activities);
    const naf = activities.find(({ scheme, code }: any) => scheme === 'NAF_2' && code === '62.01Z');
    expect(naf.equivalents).toEqual(expect.arrayContaining([{ scheme: 'NACE_2', code: '62.01' }, { scheme: 'WZ_2008', code: '62.01.1' }]));
    // The other side of the border is found by the French code too.
    expect(new Set(activities.map(({ scheme }: any) => scheme)).size).toBeGreaterThan(1);
  });
});

describe('startups are found by words', () => {
  it.each([
    ['capteur', /capteurs|Sensoren/],
    ['Sensor', /capteurs|Sensoren|sensors/],
  ])('of their pitch, inflected: %s', async (search, pitch) => {
    const { startups } = await hub.data('query($search: String) { startups(filter: {search: $search}, orderBy: RELEVANCE, first: 3) { nodes { pitch } } }', { variables: { search } });
    expect(startups.nodes.length).toBeGreaterThan(0);
    for (const node of startups.nodes) expect(node.pitch).toMatch(pitch);
  });

  it.each(['actarus', 'ACTARUZ', 'Actarus'])('of their name, with a typo: %s', async (search) => {
    const { startups } = await hub.data('query($search: String) { startups(filter: {search: $search}, orderBy: RELEVANCE, first: 1) { nodes { name } } }', { variables: { search } });
    expect(startups.nodes[0]?.name).toBe('ACTARUS');
  });
});
