import { useHub } from '../testkit/hub';
import { story } from '../testkit/stories';

const hub = useHub();

describe('3. the totem buildings, their coaching in German, and who sits there', () => {
  it('names the four in German, and no coaching in German, since no source knows of one', async () => {
    const { places } = await hub.data(story(3).query, { langs: 'de' });
    expect(places.map(({ territory, status }: any) => [territory.name, status])).toEqual([
      ['Épinal', 'OPEN'],
      ['Metz', 'OPEN'],
      ['Nanzig', 'OPEN'],
      ['Diedenhofen', 'PLANNED'],
    ]);
    expect(places.flatMap(({ services }: any) => services)).toEqual([]);
    const residents = places.flatMap((place: any) => place.residents);
    expect(residents.length).toBeGreaterThan(0);
    expect(residents.every(({ name }: any) => /fictif|fiktiv/.test(name))).toBe(true);
  });

  it('has the coaching that sources do know of: one at each totem', async () => {
    const { places } = await hub.data('{ places(kinds: [TOTEM]) { services(kind: COACHING) { name(lang: DE) langs provenance { recordId } } } }');
    expect(places.map(({ services }: any) => services.length)).toEqual([1, 1, 1, 1]);
    expect(places[0].services[0]).toMatchObject({ langs: ['FR'], provenance: { recordId: expect.stringMatching(/^ser-08[78]$/) } });
  });
});

describe('4. who may apply to the open edition', () => {
  it('lists startups of Lorraine that fulfil both rules, with the reasons', async () => {
    const { query, variables } = story(4);
    const { edition } = await hub.data(query, { variables, langs: 'fr' });
    const { totalCount, nodes } = edition.eligibleStartups;
    expect(totalCount).toBeGreaterThan(0);
    expect(nodes).toHaveLength(Math.min(20, totalCount));
    for (const { eligibility } of nodes) {
      expect(eligibility.verdict).toBe('ELIGIBLE');
      expect(eligibility.results.map(({ rule }: any) => rule.text)).toEqual(['Entreprise fondée depuis 3 ans au plus à la clôture', 'Siège : Grand Est']);
      expect(eligibility.results[0].because).toMatch(/^(Fondée le .* condition remplie|Projet pas encore fondé : condition remplie)$/);
    }
  });

  it('says of a real laureate whose foundation no source gives that it is unknown', async () => {
    const { edition } = await hub.data('{ edition(id: "grand-est-start-up") { eligibleStartups(within: "fr-region-lorraine", verdicts: [UNKNOWN], first: 100) { nodes { name eligibility(edition: "grand-est-start-up") { verdict results { verdict because(lang: DE) } } } } } }');
    const actarus = edition.eligibleStartups.nodes.find(({ name }: any) => name === 'ACTARUS');
    expect(actarus.eligibility).toEqual({
      verdict: 'UNKNOWN',
      results: [
        { verdict: 'UNKNOWN', because: 'Gründungsdatum unbekannt' },
        { verdict: 'ELIGIBLE', because: 'Bekannter Sitz: Lothringen: Bedingung erfüllt' },
      ],
    });
  });
});

describe('11. what was set aside, for what, never summed across levels', () => {
  it('gives each envelope with its level, purpose and quotation', async () => {
    const { envelopes, territory } = await hub.data(story(11).query, { langs: 'fr' });
    const amounts = envelopes.map(({ level, money, provenance }: any) => [level, money?.amount ?? null, provenance.length]);
    expect(amounts).toEqual(expect.arrayContaining([['REGIONAL', 7_000_000, 2], ['NATIONAL', 200_000_000, 1], ['NATIONAL', 15_000_000, 1], ['NATIONAL', null, 1]]));
    expect(envelopes.filter(({ money }: any) => money?.amount === 200_000_000)).toHaveLength(2);
    expect(envelopes.every(({ level }: any) => ['NATIONAL', 'REGIONAL'].includes(level))).toBe(true);
    // Of the pole only its own envelopes, one bucket for each purpose: the 7 M€ twice told are counted once.
    const sums = territory.fundingByYear.map(({ key, count, sum }: any) => [key.split(':').slice(0, 2).join(':'), count, sum]);
    expect(sums).toContainEqual(['2014:REGIONAL', 1, 7_000_000]);
    expect(sums.every(([key]: any) => !key.includes('NATIONAL'))).toBe(true);
  });
});

describe('12. who takes applications for 1,2,3 GO in Saarland', () => {
  it('is the chamber of commerce and the business angels, with the pages that say so', async () => {
    const { territory } = await hub.data(story(12).query, { langs: 'fr' });
    expect(territory.relays.map(({ organisation, validFrom }: any) => [organisation.name, validFrom])).toEqual([
      ['Réseau de business angels de la Sarre', null],
      ['Chambre de commerce et d’industrie de la Sarre', '2003-11-10'],
    ]);
    expect(territory.relays.every(({ provenance }: any) => provenance.source.url)).toBe(true);
  });

  it('the operators of 1,2,3 GO changed over time', async () => {
    const { programme } = await hub.data('{ programme(id: "123go") { name operators { organisation { id } validFrom validTo } referencePartners { organisation { id } } editions { id state funnel { state count } } } }');
    const operators = programme.operators.map(({ organisation, validFrom, validTo }: any) => [organisation.id, validFrom, validTo]);
    expect(operators[0]).toEqual(['business-initiative', '2000-04-01', '2015-02-28']);
    expect(operators.map(([id]: any) => id)).toEqual(expect.arrayContaining(['nyuko', 'house-of-entrepreneurship']));
    const funnel = programme.editions.find(({ id }: any) => id === '123go-2006').funnel;
    expect(funnel.map(({ count }: any) => count)).toEqual([246, 93, 48, 11]);
    expect(programme.editions.filter(({ id }: any) => id !== 'demo-123go').every(({ state }: any) => !['OPEN', 'ANNOUNCED'].includes(state))).toBe(true);
  });
});

describe('19. the calls that are open in the three countries', () => {
  it('are those that opened and have not closed, or are yet to open', async () => {
    const { editions } = await hub.data(story(19).query);
    expect(editions.length).toBeGreaterThan(0);
    const now = new Date().toISOString();
    expect(editions.filter(({ closesAt }: any) => closesAt !== null && closesAt <= now)).toEqual([]);
    expect(editions.map(({ programme }: any) => programme.name)).toContain('Grand Est Start-Up');
    expect(editions.every(({ programme }: any) => programme.operators.length > 0)).toBe(true);
  });

  it('close at 17:00 in Brussels, in summer and in winter', async () => {
    const { edition } = await hub.data('{ edition(id: "horizon-horizon-cid-2027-01-01") { opensAt closesAt timeZone } }');
    expect(edition).toEqual({ opensAt: '2027-01-11T23:00:00.000Z', closesAt: '2027-09-15T15:00:00.000Z', timeZone: 'Europe/Brussels' });
  });
});

describe('21. needs of established companies that local startups could meet', () => {
  it('are the open ones inside the pole, in German', async () => {
    const { challenges } = await hub.data(story(21).query);
    expect(challenges.map(({ title }: any) => title)).toEqual(['Demonstration: vorausschauende Wartung von Pumpen', 'Demonstration: papierlose Lagerverfolgung']);
    expect(challenges.every(({ owner }: any) => /fictif/.test(owner.name))).toBe(true);
    const { challenges: all } = await hub.data('{ challenges { state } }');
    expect(all.map(({ state }: any) => state).sort()).toEqual(['CLOSED', 'MATCHED', 'OPEN', 'OPEN']);
  });
});

describe('programmes', () => {
  it('are offered in a territory where they are for it, around it or inside it', async () => {
    const ids = async (id: string) => (await hub.data(`{ territory(id: "${id}") { programmes { id } } }`)).territory.programmes.map((one: any) => one.id);
    expect(await ids('fr-commune-57672')).toEqual(expect.arrayContaining(['123go', 'grand-est-start-up', 'lorntech', 'i-lab']));
    expect(await ids('fr-commune-57672')).not.toContain('kbg-beteiligung');
    expect(await ids('de-kreis-10041')).toEqual(expect.arrayContaining(['123go', 'kbg-beteiligung', 'triathlon-uds']));
  });

  it('are found by words, with accents and typos aside', async () => {
    const first = async (search: string) => (await hub.data('query($search: String) { programmes(filter: {search: $search}, first: 1) { nodes { id } } }', { variables: { search } })).programmes.nodes[0]?.id;
    expect(await first('1,2,3 go')).toBe('123go');
    expect(await first('beteiligungsprogram')).toBe('kbg-beteiligung');
    expect(await first('fit 4 start')).toBe('fit-4-start');
  });

  it('with an edition that is open on a day', async () => {
    const open = async (day: string) => (await hub.data(`{ programmes(filter: {openOn: "${day}"}, first: 100) { nodes { id } } }`)).programmes.nodes.map((one: any) => one.id);
    expect(await open('2025-10-01')).toContain('interreg-gr-petits-projets-3');
    expect(await open('2025-11-14')).not.toContain('interreg-gr-petits-projets-3');
  });
});
