import type { GraphQLLeafType } from 'graphql';
import type { Known } from './randomQueries';

/** Records of each kind, by whose ids more is asked. */
export const RECORDS = `{
  Territory: territories(first: 100) { nodes { id } pageInfo { endCursor } }
  Startup: startups(first: 100) { nodes { id registerIds { scheme value } } pageInfo { endCursor } }
  JobOffer: jobOffers(first: 100) { nodes { id } pageInfo { endCursor } }
  Programme: programmes(first: 100) { nodes { id relays { id } } pageInfo { endCursor } }
  Occupation: occupations(first: 100) { nodes { id code } pageInfo { endCursor } }
  Statement: statements(first: 100) { nodes { id } pageInfo { endCursor } }
  Edition: editions { id }
  Organisation: organisations { id }
  Place: places { id }
  Source: sources { id }
  Indicator: indicators { id }
  Challenge: challenges { id }
}`;

/** What arguments take mostly; by their name, or by what they are asked of. */
export function knownIn(data: Record<string, any>): Known {
  const idsOf = (type: string): string[] => (data[type]?.nodes ?? data[type] ?? []).map(({ id }: { id: string }) => id);
  const territories = ['sillon-lorrain', 'fr-region-lorraine', 'fr-commune-57463', 'fr-commune-54395', 'nuts-dec0', 'nuts-lu00', ...idsOf('Territory')];
  const ids: Record<string, string[]> = {
    territory: territories,
    territories,
    within: territories,
    programme: idsOf('Programme'),
    edition: idsOf('Edition'),
    relay: data.Programme.nodes.flatMap(({ relays }: any) => relays.map(({ id }: any) => id)),
    owner: idsOf('Organisation'),
    employer: [...idsOf('Startup'), ...idsOf('Organisation')],
    startup: idsOf('Startup'),
    challenge: idsOf('Challenge'),
    source: idsOf('Source'),
    sources: idsOf('Source'),
    indicator: idsOf('Indicator'),
    indicators: idsOf('Indicator'),
  };
  const cursors = Object.values(data).flatMap((one: any) => one.pageInfo?.endCursor ?? []);
  const byType: Record<string, (name: string, answer: string) => readonly unknown[] | undefined> = {
    ID: (name, answer) => ids[name] ?? (answer === 'Territory' ? territories : idsOf(answer.replace(/(Connection|Payload)$/, ''))),
    String: (name) =>
      ({ search: ['metz', 'Nancy', 'développeur', 'informatik', 'ingenieur', 'luxemburg', '123 GO', 'numérique'], value: ['57463', '54395', ...data.Startup.nodes.flatMap(({ registerIds }: any) => registerIds.map(({ value }: any) => value))], code: ['M1805', '2512', '62.01Z', '6201'], currency: ['EUR'], language: ['fr', 'de', 'lb'] })[name],
    Int: (name) => (name === 'first' ? [0, 1, 1, 2, 2, 3, 5] : [1, 5, 20, 40]),
    Float: (name) => ({ lat: [48.7, 49.1, 49.6], lon: [5.9, 6.2, 7.0], minScore: [0.2, 0.8] })[name] ?? [1, 10, 0.5, 42_000],
    Date: () => ['2014-01-01', '2018-04-10', '2026-06-30'],
    DateTime: () => ['2018-04-10T00:00:00Z', '2026-06-30T12:00:00+02:00'],
    Cursor: () => cursors,
  };
  return (leaf: GraphQLLeafType, name, answer) => byType[leaf.name]?.(name, answer);
}
