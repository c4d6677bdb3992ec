import { useHub } from '../../test/testkit/hub';

const hub = useHub();

const page = `query($after: Cursor, $first: Int!) {
  territories(filter: {kinds: [CANTON]}, first: $first, after: $after) {
    totalCount edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;

describe('paging', () => {
  const added = ['test-aaa', 'test-mmm', 'test-zzz'];
  const insert = async (id: string) => {
    await hub.hub.running.get('territories')!.db.dataSource.query(
      `insert into territory (id, kind, names, areas, provenance) values ($1, 'CANTON', jsonb_build_array(jsonb_build_object('lang', 'FR', 'value', substr($1, 6))), array[$1], '[]')`,
      [id],
    );
  };
  afterEach(() => hub.hub.running.get('territories')!.db.dataSource.query('delete from territory where id = any($1)', [added]));

  it('neither skips nor repeats a row while rows are added before and behind it', async () => {
    const { territories: all } = await hub.data(page, { variables: { first: 100 } });
    const before = all.edges.map(({ node }: any) => node.id);
    expect(all.totalCount).toBe(12);
    expect(before).toHaveLength(12);

    const seen: string[] = [];
    let after: string | null = null;
    for (let step = 0; ; step++) {
      const { territories }: any = await hub.data(page, { variables: { first: 5, after } });
      seen.push(...territories.edges.map(({ node }: any) => node.id));
      expect(territories.pageInfo.hasPreviousPage).toBe(step > 0);
      expect(territories.pageInfo.startCursor).toBe(territories.edges[0].cursor);
      if (!territories.pageInfo.hasNextPage) break;
      after = territories.pageInfo.endCursor;
      if (step === 0) for (const id of added) await insert(id);
    }
    expect(seen.filter((id) => !added.includes(id))).toEqual(before);
    // Those that come behind the first page were seen, the one before it was not.
    expect(seen.filter((id) => added.includes(id))).toEqual(['test-mmm', 'test-zzz']);
  });

  it('gives nothing for first: 0, and still counts', async () => {
    const { territories } = await hub.data(page, { variables: { first: 0 } });
    expect(territories).toEqual({ totalCount: 12, edges: [], pageInfo: { hasNextPage: true, hasPreviousPage: false, startCursor: null, endCursor: null } });
  });
});

describe('cost', () => {
  it('a page is one statement, its count another, and only when it is selected', async () => {
    expect(await hub.statements(() => hub.data('{ territories { nodes { id } } }'))).toBe(1);
    expect(await hub.statements(() => hub.data('{ territories { totalCount } }'))).toBe(1);
    expect(await hub.statements(() => hub.data('{ territories { totalCount nodes { id } edges { cursor } pageInfo { endCursor } } }'))).toBe(2);
  });

  it('does not grow with the number of parents', async () => {
    const query = (first: number) => `{ territories(filter: {kinds: [INTERCOMMUNALITY]}, first: ${first}) { nodes { children(first: 2) { totalCount nodes { name } } codes { value } population { value } } } }`;
    expect(await hub.statements(() => hub.data(query(2)))).toBe(5);
    expect(await hub.statements(() => hub.data(query(60)))).toBe(5);
  });
});
