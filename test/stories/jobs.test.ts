import { useHub } from '../testkit/hub';
import { story } from '../testkit/stories';

const hub = useHub();

/** Great-circle kilometres, by another formula than the database's. */
function kilometres(a: { lat: number; lon: number }, b: { lat: number; lon: number }): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const h = Math.sin(radians(b.lat - a.lat) / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(radians(b.lon - a.lon) / 2) ** 2;
  return 2 * 6371 * Math.asin(Math.sqrt(h));
}

/** All published offers, page by page. */
async function allOffers(): Promise<any[]> {
  const seen: any[] = [];
  let after: string | null = null;
  do {
    const { jobOffers }: any = await hub.data(
      `query($after: Cursor) { jobOffers(first: 100, after: $after) { pageInfo { endCursor hasNextPage } nodes {
        id title lang contract state publishedAt validThrough point { lat lon } territory { id country centroid { lat lon } } salary { asStated yearlyGrossMin { amount } yearlyGrossMax { amount } }
        employerName employer { __typename } provenance { source { id } confidence } } } }`,
      { variables: { after } },
    );
    seen.push(...jobOffers.nodes);
    after = jobOffers.pageInfo.hasNextPage ? jobOffers.pageInfo.endCursor : null;
  } while (after);
  return seen;
}

describe('1. permanent offers in French or German within 30 km of Thionville, salary stated, whichever country', () => {
  it('are those, nearest first, in more than one country, each with its source', async () => {
    const { jobOffers } = await hub.data(story(1).query, { langs: 'fr' });
    const { territory } = await hub.data('{ territory(id: "fr-commune-57672") { centroid { lat lon } } }');
    const expected = (await allOffers()).filter(
      ({ contract, lang, salary, point, territory: place }) => contract === 'PERMANENT' && ['FR', 'DE'].includes(lang) && salary?.asStated && kilometres(territory.centroid, point ?? place.centroid) <= 30,
    );
    expect(jobOffers.totalCount).toBe(expected.length);
    expect(jobOffers.nodes.length).toBe(Math.min(20, expected.length));
    const distances = jobOffers.nodes.map(({ distanceKm }: any) => distanceKm);
    expect(distances).toEqual([...distances].sort((a, b) => a - b));
    expect(distances.at(-1)).toBeLessThanOrEqual(30);
    const countries = Object.fromEntries(jobOffers.facets.country.map(({ key, count }: any) => [key, count]));
    expect(Object.keys(countries).length).toBeGreaterThan(1);
    expect(Object.values(countries).reduce((sum: number, count) => sum + (count as number), 0)).toBe(jobOffers.totalCount);
    for (const node of jobOffers.nodes) {
      expect(node).toMatchObject({ contract: 'PERMANENT', salary: { asStated: expect.any(String) }, provenance: { source: { licence: expect.any(String) } } });
      expect(['CDI', 'unbefristet']).toContain(node.contractAsStated);
    }
  });
});

describe('2. the offers around a city, through the territory', () => {
  it('counts over the border, and pages', async () => {
    const { territory } = await hub.data(story(2).query);
    const near = await hub.data('{ jobOffers(filter: {near: {territory: "fr-commune-57672", radiusKm: 30}}) { totalCount facets { country { key count } } } }');
    expect(territory.jobOffers.totalCount).toBe(near.jobOffers.totalCount);
    expect(near.jobOffers.facets.country.map(({ key }: any) => key)).toEqual(expect.arrayContaining(['FR', 'LU']));
    expect(territory.jobOffers.pageInfo.hasNextPage).toBe(territory.jobOffers.totalCount > 20);
    const { territory: inside } = await hub.data('{ territory(id: "fr-commune-57672") { jobOffers { totalCount nodes { territory { id } } } } }');
    expect(inside.jobOffers.totalCount).toBeLessThan(territory.jobOffers.totalCount);
    expect(new Set(inside.jobOffers.nodes.map((node: any) => node.territory.id))).toEqual(new Set(['fr-commune-57672']));
  });
});

describe('9. who is hiring now', () => {
  it('are startups with open offers in the pole, with their stage and seat from other subgraphs', async () => {
    const { hiringStartups } = await hub.data(story(9).query);
    expect(hiringStartups.length).toBeGreaterThan(0);
    for (const { openPositions, newest, startup } of hiringStartups) {
      expect(openPositions).toBeGreaterThan(0);
      expect(Date.parse(newest)).toBeLessThanOrEqual(Date.now());
      expect(startup.name).toMatch(/fictif|fiktiv/);
      expect(startup.jobOffers.length).toBeGreaterThanOrEqual(openPositions);
      expect(startup.jobOffers.every(({ validThrough }: any) => Date.parse(validThrough) > Date.now())).toBe(true);
    }
  });
});

describe('10. an occupation in the three countries’ codes', () => {
  it('ROME M1805 leads to ISCO 2519 and to occupations of ESCO, with the relation', async () => {
    const { occupation } = await hub.data(story(10).query);
    expect(occupation.label).toMatch(/informatique/i);
    const isco = occupation.mappings.find(({ to }: any) => to.scheme === 'ISCO_08');
    expect(isco).toMatchObject({ to: { code: '2519' }, relation: expect.stringMatching(/EXACT|CLOSE|BROADER|NARROWER/) });
    expect(isco.to.label).toMatch(/Software|Anwendung/);
    expect(occupation.trainings).toEqual([]);
  });

  it('ESCO occupations have exactly one group of ISCO, and their mappings name their source', async () => {
    const { occupations } = await hub.data('{ occupations(search: "Softwareentwickler", scheme: ESCO, first: 5) { nodes { label(lang: DE) broader { scheme code } mappings { to { scheme code } provenance { source { id } confidence } } } } }');
    expect(occupations.nodes.length).toBeGreaterThan(0);
    for (const { mappings } of occupations.nodes) {
      expect(mappings.filter(({ to }: any) => to.scheme === 'ISCO_08')).toHaveLength(1);
      expect(mappings.every(({ provenance }: any) => provenance.source.id)).toBe(true);
    }
  });

  it('a search by a code finds offers coded in another scheme', async () => {
    const { jobOffers } = await hub.data('{ jobOffers(filter: {occupation: {scheme: ROME, code: "M1805"}}, first: 100) { totalCount nodes { occupation { scheme } } } }');
    expect(jobOffers.totalCount).toBeGreaterThan(0);
    expect(new Set(jobOffers.nodes.map(({ occupation }: any) => occupation.scheme)).size).toBeGreaterThan(1);
  });

  it.each([
    ['developpeur', 'FR'],
    ['développeurs', 'FR'],
    ['Softwareentwicklerin', 'DE'],
    ['sofware developer', 'EN'],
  ])('is found by words, without accents, inflected, with a typo: %s', async (search, lang) => {
    const { occupations } = await hub.data(`query($search: String) { occupations(search: $search, first: 10) { nodes { label(lang: ${lang}) } } }`, { variables: { search } });
    expect(occupations.nodes.map(({ label }: any) => label).join('; ')).toMatch(/développeu|softwareentwickl|software developer/i);
  });
});

describe('18. one request over the four subgraphs', () => {
  it('gives the dashboard of the pole', async () => {
    const { territory } = await hub.data(story(18).query, { langs: 'de' });
    expect(territory).toMatchObject({ name: 'Sillon Lorrain', population: { value: 684_392, period: '2023', provenance: { source: { title: expect.any(String) } } } });
    const stages = territory.startupStats.reduce((sum: number, { count }: any) => sum + count, 0);
    expect(stages).toBeLessThanOrEqual(territory.startups.totalCount);
    expect(territory.startups.nodes).toHaveLength(5);
    expect(territory.programmes.map(({ name }: any) => name)).toEqual(expect.arrayContaining(['1,2,3 GO', 'LORnTECH']));
    const contracts = territory.jobOffers.facets.contract.map(({ count }: any) => count);
    expect(contracts.reduce((sum: number, count: number) => sum + count, 0)).toBe(territory.jobOffers.totalCount);
  });
});

describe('facets', () => {
  it('name their values in the language of the reader', async () => {
    const { jobOffers } = await hub.data('{ jobOffers { facets { contract { ...named } territory { ...named } occupation { ...named } country { ...named } } } } fragment named on Bucket { key label(lang: DE) }');
    const labels = (facet: string) => Object.fromEntries(jobOffers.facets[facet].map(({ key, label }: any) => [key, label]));
    expect(labels('contract')).toMatchObject({ PERMANENT: 'Unbefristet' });
    expect(labels('country')).toMatchObject({ FR: 'Frankreich', LU: 'Luxemburg' });
    expect(labels('territory')).toMatchObject({ 'de-gemeinde-10041100': expect.stringMatching(/Saarbrücken/) });
    for (const [code, label] of Object.entries(labels('occupation'))) expect(label).not.toBe(code);
    expect(jobOffers.facets.occupation.length).toBeGreaterThan(5);
  });
});

describe('offers', () => {
  it('are open, labelled as made up, and found once each', async () => {
    const offers = await allOffers();
    expect(new Set(offers.map(({ id }) => id)).size).toBe(offers.length);
    for (const offer of offers) {
      expect(offer).toMatchObject({ state: 'PUBLISHED', provenance: { source: { id: 'synthetic' }, confidence: 'ESTIMATED' } });
      expect(offer.employerName).toMatch(/fictif|fiktiv|démonstration|demo|erfunden|inventé|made[- ]up|erfonnt/i);
      expect(Date.parse(offer.validThrough)).toBeGreaterThan(Date.now());
    }
    expect(new Set(offers.map(({ territory }) => territory.country))).toEqual(new Set(['FR', 'LU', 'DE']));
    expect(new Set(offers.map(({ lang }) => lang))).toEqual(new Set(['FR', 'DE', 'LB', 'EN']));
  });

  it.each([
    ['Entwicklerinnen', /Entwickler/],
    ['developpeuse', /Développeu/],
    ['sofware', /software/i],
    ['INGENIEURS', /Ingénieur/],
  ])('are found by words: %s', async (search, title) => {
    const { jobOffers } = await hub.data('query($search: String) { jobOffers(filter: {search: $search}, orderBy: RELEVANCE, first: 3) { nodes { title } } }', { variables: { search } });
    expect(jobOffers.nodes).toHaveLength(3);
    for (const node of jobOffers.nodes) expect(node.title).toMatch(title);
  });

  it('of a salary filter earn at least that much in a year', async () => {
    const { jobOffers } = await hub.data('{ jobOffers(filter: {minYearlyGross: 50000}, orderBy: SALARY, first: 100) { totalCount nodes { salary { yearlyGrossMin { amount currency } yearlyGrossMax { amount } } } } }');
    expect(jobOffers.totalCount).toBeGreaterThan(0);
    for (const { salary } of jobOffers.nodes) expect(Math.max(salary.yearlyGrossMin?.amount ?? 0, salary.yearlyGrossMax?.amount ?? 0)).toBeGreaterThanOrEqual(50_000);
  });

  it('that are past their last day are expired, and in no list', async () => {
    const { dataSource } = hub.hub.running.get('jobs')!.db;
    const [past] = await dataSource.query(`select id from job_offer where state = 'EXPIRED' limit 1`);
    const { jobOffer } = await hub.data('query($id: ID!) { jobOffer(id: $id) { id state } }', { variables: { id: past.id } });
    expect(jobOffer).toEqual({ id: past.id, state: 'EXPIRED' });
    expect((await allOffers()).map(({ id }) => id)).not.toContain(past.id);
  });

  it.each([
    ['{ jobOffers(orderBy: DISTANCE) { totalCount } }', 'orderBy'],
    ['{ jobOffers(orderBy: RELEVANCE) { totalCount } }', 'orderBy'],
    ['{ jobOffers(filter: {near: {radiusKm: 30}}) { totalCount } }', 'filter.near'],
    ['{ jobOffers(filter: {near: {territory: "atlantis", radiusKm: 30}}) { totalCount } }', 'filter.near.territory'],
    ['{ jobOffers(filter: {near: {territory: "fr-commune-57672", radiusKm: 5000}}) { totalCount } }', 'filter.near.radiusKm'],
    ['{ jobOffers(filter: {countries: ["XX"]}) { totalCount } }', 'filter.countries'],
    ['{ jobOffers(filter: {occupation: {scheme: ISCO_08, code: "9999"}}) { totalCount } }', 'filter.occupation.code'],
    ['{ occupation(code: {scheme: ROME, code: "X0000"}) { id } }', 'code.code'],
    ['{ territory(id: "fr-commune-57672") { jobOffers(radiusKm: -1) { totalCount } } }', 'radiusKm'],
  ])('refuse by name what cannot be meant: %s', async (query, argument) => {
    const { errors } = await hub.ask(query);
    expect(errors![0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT', argument } });
  });
});
