import { GraphQLError } from 'graphql';

/**
 * The caller's mistake: names the argument, what was given and what is allowed.
 * @param argument its path from the field, such as `filter.near.radiusKm`
 * @param allowed completes the sentence "expected …"
 */
export function badInput(argument: string, given: unknown, allowed: string): GraphQLError {
  return new GraphQLError(`${argument}: ${JSON.stringify(given) ?? 'nothing'} was given, expected ${allowed}.`, {
    extensions: { code: 'BAD_USER_INPUT', argument, given: given ?? null, allowed },
  });
}
