import { stories } from '../../gateway/explorer/explorer';

/** The story of a number as the explorer shows it, with its variables. */
export function story(number: number): { query: string; variables: Record<string, unknown> } {
  const found = stories().find(({ title }) => title.startsWith(`${number}.`));
  if (!found) throw new Error(`There is no story ${number}.`);
  const [query = '', variables = '{}'] = found.query.split('# variables ');
  return { query, variables: JSON.parse(variables) as Record<string, unknown> };
}
