import { isDeepStrictEqual } from 'node:util';
import type { Contender } from './contenders/contender';
import type { Query } from './queries/query';

export const bodyOf = ({ name, text }: Query, variables: Record<string, unknown>): string => JSON.stringify({ query: text, operationName: name, variables });

/** Throws unless all give the same data, and no errors, for all variables of a query; says how large the answers are. */
export async function checkSame(contenders: readonly Contender[], query: Query): Promise<string> {
  let bytes = 0;
  const seen = new Set<string>();
  for (const variables of query.variables) {
    const texts = await Promise.all(contenders.map(({ url }) => ask(url, bodyOf(query, variables))));
    const answers = texts.map((text) => JSON.parse(text) as { data?: unknown; errors?: unknown });
    answers.forEach(({ data, errors }, at) => {
      const about = `${contenders[at]!.name}, ${query.name} ${JSON.stringify(variables)}`;
      if (!data || errors) throw new Error(`${about}: ${texts[at]!.slice(0, 1000)}`);
      const difference = differenceOf(data, answers.at(-1)!.data, 'data');
      if (difference) throw new Error(`${about} does not answer as ${contenders.at(-1)!.name}: ${difference}`);
    });
    bytes += texts.at(-1)!.length;
    seen.add(texts.at(-1)!);
  }
  return `${query.variables.length} questions, ${seen.size} different answers of ${(bytes / query.variables.length / 1000).toFixed(1)} kB`;
}

async function ask(url: string, body: string): Promise<string> {
  const response = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  return response.text();
}

/** Where two values differ first; undefined where they are the same, whatever the order of their keys. */
function differenceOf(one: unknown, other: unknown, path: string): string | undefined {
  if (isDeepStrictEqual(one, other)) return undefined;
  if (typeof one === 'object' && typeof other === 'object' && one && other) {
    for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
      const found = differenceOf((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key], `${path}.${key}`);
      if (found) return found;
    }
  }
  return `${path} is ${JSON.stringify(one)}, not ${JSON.stringify(other)}`;
}
