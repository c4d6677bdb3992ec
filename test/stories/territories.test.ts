import { useHub } from '../testkit/hub';
import { story } from '../testkit/stories';

const hub = useHub();

describe('5. how far the digital-jobs objective is, by whom it was stated, and what contradicts it', () => {
  const ask = (langs: string) => hub.data(story(5).query, { langs });

  it('has the three statements, each with its source, its due date where it has one, and what is missing for its progress', async () => {
    const { nodes } = (await ask('fr')).statements;
    const told = nodes.map((node: any) => [node.operator, node.value, node.statedTarget, node.dueOn, node.provenance.confidence, node.progress.notComputableBecause]);
    expect(told).toEqual([
      ['MULTIPLY_BY', 2, null, '2024-10-13', 'INFERRED', 'NO_BASELINE'],
      ['MULTIPLY_BY', 2, 20_000, null, 'INFERRED', 'NO_CURRENT_VALUE'],
      ['INCREASE_BY', 10_000, null, '2028-04-10', 'STATED', 'NO_BASELINE'],
    ]);
    expect(nodes[2].provenance).toMatchObject({ source: { publisher: 'Cadremploi', publishedOn: '2018-04-10' }, quote: '+10 000 emplois dans le numérique en 10 ans' });
    expect(nodes.map((node: any) => node.progress.ratio)).toEqual([null, null, null]);
  });

  it('knows the baseline that the source of "20 000 jobs" itself gives', async () => {
    const data = await hub.data('{ statements(filter: {indicators: ["digital-jobs"], territories: ["fr-region-lorraine"], kinds: [OBJECTIVE]}) { nodes { id progress { target baseline { value period provenance { recordId } } } } } }');
    expect(data.statements.nodes).toEqual([{ id: 'obj-012', progress: { target: 20_000, baseline: { value: 10_000, period: '2014', provenance: { recordId: 'fig-019' } } } }]);
  });

  it('explains the contradictions in French and in German', async () => {
    const [fr, de] = await Promise.all([ask('fr'), ask('de')]);
    const of = (data: any) => data.statements.nodes[1].contradicts.map(({ reason, explanation, with: { id } }: any) => [id, reason, explanation]);
    expect(of(fr).map(([id, reason]: string[]) => [id, reason])).toEqual([['obj-001', 'DEFINITION'], ['obj-007', 'DEFINITION'], ['obj-010', 'PERIMETER'], ['obj-016', 'PERIMETER']]);
    expect(of(fr)[3][2]).toBe('Périmètres différents : Emplois dans le numérique, Lorraine : × 2 (→ 20 000) en 10 ans ; Emplois dans le numérique, Sillon Lorrain : + 10 000 en 10 ans.'.replace('20 000', '20\u202f000').replace('10 000', '10\u202f000'));
    expect(of(de)[3][2]).toMatch(/^Verschiedene Bezugsräume: .*Lothringen: × 2 \(→ 20\.000\) in 10 Jahren; .*Sillon Lorrain: \+ 10\.000 in 10 Jahren\.$/);
  });
});

describe('6. every figure that the sources do not agree on', () => {
  it('finds the known contradictions by rule', async () => {
    const { statements } = await hub.data('{ statements(filter: {contradictedOnly: true}, first: 100) { totalCount nodes { id contradicts { reason with { id } } } } }');
    const pairs = new Set(statements.nodes.flatMap(({ id, contradicts }: any) => contradicts.map(({ reason, with: { id: rival } }: any) => `${id} ${reason} ${rival}`)));
    expect(statements.totalCount).toBe(statements.nodes.length);
    // Jobs in 10 or in 6 years; startups ×2, +50 % or +100; digital SMEs counted in two ways; a source against its own figures.
    for (const pair of ['obj-001 HORIZON obj-007', 'obj-002 VALUE obj-008', 'obj-002 VALUE obj-017', 'obj-008 VALUE obj-017', 'obj-003 DEFINITION obj-013', 'obj-013 OWN_FIGURES fig-020', 'fig-025 VALUE fig-026', 'fig-028 PERIMETER fig-029', 'fun-035 DEFINITION fun-036']) {
      expect([...pairs]).toContain(pair);
      expect([...pairs]).toContain(pair.split(' ').reverse().join(' '));
    }
    // The two wordings of one envelope, and ×2 of 10 000 against 20 000, agree.
    const rivals = [...pairs].map((pair) => (pair as string).replace(/ [A-Z_]+ /, ' '));
    expect(rivals).not.toContain('fun-032 fun-033');
    expect(rivals).not.toContain('obj-012 fig-019');
  });

  it('tells each with its source', async () => {
    const { statements } = await hub.data(story(6).query);
    expect(statements.nodes.length).toBeGreaterThan(15);
    for (const node of statements.nodes) {
      expect(node.contradicts.length).toBeGreaterThan(0);
      expect(node.provenance.source.title).toBeTruthy();
      expect(node.indicator.name).toBeTruthy();
    }
  });
});

describe('7. cross-border commuters per territory', () => {
  it('gives flows from the pole or from a wider area around it, and the latest population of its intercommunalités', async () => {
    const { territory } = await hub.data(story(7).query, { langs: 'de' });
    const flow = territory.commuterFlows.find(({ to, year }: any) => to.name === 'Saarland' && year === 2024);
    expect(flow).toMatchObject({ persons: 13_864, perimeter: expect.stringContaining('Mitte 2024'), provenance: { source: { publisher: expect.stringContaining('IBA') } } });
    expect(territory.commuterFlows.every(({ perimeter, persons }: any) => perimeter && persons > 0)).toBe(true);
    expect(territory.children.nodes.map(({ name, population }: any) => [name, population.period])).toEqual([
      ["CA d'Epinal", '2023'],
      ['CA Portes de France-Thionville', '2023'],
      ['Métropole du Grand Nancy', '2023'],
      ['Metz Métropole', '2023'],
    ]);
  });
});

describe('17. the labels held on a day', () => {
  it('is the candidacy in 2014 and the label in 2018', async () => {
    const { territory } = await hub.data(story(17).query);
    expect(territory.labels).toHaveLength(1);
    expect(territory.labels[0]).toMatchObject({ status: 'HELD', validFrom: '2015-06-01', networks: ['#Fintech', '#IOT # Manufacturing'], holder: { name: expect.stringContaining('Sillon Lorrain') } });
    expect(territory.labels[0].provenance.map(({ quote }: any) => quote)).toContain('Labellisée depuis juin 2015');
    const before = await hub.data(story(17).query.replace('2018-04-10', '2014-10-20'));
    expect(before.territory.labels.map(({ status }: any) => status)).toEqual(['CANDIDATE']);
  });
});

describe('territories', () => {
  it('stand in one tree over three countries, with parents from near to far', async () => {
    const parents = async (id: string) => (await hub.data(`{ territory(id: "${id}") { parents { id } } }`)).territory.parents.map((parent: any) => parent.id);
    expect(await parents('fr-commune-57672')).toEqual(['fr-epci-245701362', 'fr-departement-57', 'fr-region-lorraine', 'fr-region-44', 'fr', 'sillon-lorrain', 'grande-region']);
    expect(await parents('lu-commune-0304')).toEqual(['lu-canton-03', 'lu', 'grande-region']);
    expect(await parents('de-gemeinde-10041100')).toEqual(['de-kreis-10041', 'nuts-dec0', 'de', 'grande-region']);
  });

  it('are all there: communes, cantons, Gemeinden, with a centroid and a population each', async () => {
    const count = async (within: string) => (await hub.data(`{ territories(filter: {kinds: [MUNICIPALITY], within: "${within}"}) { totalCount } }`)).territories.totalCount;
    expect([await count('fr-region-lorraine'), await count('lu'), await count('nuts-dec0'), await count('sillon-lorrain')]).toEqual([2321, 100, 52, 157]);
    const [missing] = await hub.hub.running.get('territories')!.db.dataSource.query(
      `select count(*)::int as count from territory t where kind = 'MUNICIPALITY' and (lat is null or not exists (select from observation o where o.territory_id = t.id and o.indicator_id = 'population'))`,
    );
    expect(missing.count).toBe(0);
  });

  it.each([
    ['LAU', 'LU_0304', 'Luxembourg'],
    ['NUTS', 'dec0', 'Sarre'],
    ['INSEE_DEP', '88', 'Vosges'],
    ['INSEE_REG', '44', 'Grand Est'],
    ['SIREN', '245701362', 'CA Portes de France-Thionville'],
    ['AGS', '10041100', 'Sarrebruck'],
    ['LU_CANTON', '02', 'Esch-sur-Alzette'],
    ['ISO3166', 'LU', 'Luxembourg'],
  ])('are found by their code: %s %s', async (scheme, value, name) => {
    expect((await hub.data(`{ territory(code: {scheme: ${scheme}, value: "${value}"}) { name } }`, { langs: 'fr' })).territory.name).toBe(name);
  });

  it.each([
    ['thionville', 'fr-commune-57672'],
    ['Tionville', 'fr-commune-57672'],
    ['EPINAL', 'fr-commune-88160'],
    ['Diedenhofen', 'fr-commune-57672'],
    ['Sarrebruck', 'de-gemeinde-10041100'],
    ['saarbrucken', 'de-gemeinde-10041100'],
    ['Esch-Uelzecht', 'lu-commune-0204'],
    ['metz', 'fr-commune-57463'],
    ['luxemburg', 'lu-commune-0304'],
  ])('are found by a name in any language, with and without accents or a typo: %s', async (search, id) => {
    const { territories } = await hub.data('query($search: String) { territories(filter: {search: $search, kinds: [MUNICIPALITY]}, first: 3) { nodes { id } } }', { variables: { search } });
    expect(territories.nodes[0].id).toBe(id);
  });

  it('keep an area that has ended, with its last day', async () => {
    const { territory } = await hub.data('{ territory(code: {scheme: NUTS, value: "FRF3"}) { id validTo parents { id } children { nodes { id } } } }');
    expect(territory).toMatchObject({ id: 'fr-region-lorraine', validTo: '2015-12-31' });
    expect(territory.children.nodes.map(({ id }: any) => id)).toEqual(expect.arrayContaining(['fr-departement-54', 'fr-departement-57', 'sillon-lorrain']));
  });
});
