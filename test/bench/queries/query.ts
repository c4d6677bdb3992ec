/** A question that all contenders are asked. To add one, write a file beside this and list it in `all.ts`. */
export interface Query {
  /** Also the operation's name in `text`. */
  name: string;
  about: string;
  /** What GraphQL servers are asked. */
  text: string;
  /**
   * Asked in turn: several times more than there are requests under way at once, so that no contender can answer two
   * of them as one.
   */
  variables: readonly Record<string, unknown>[];
  /** One statement whose only value is the answer's `data` as JSON text; $1, $2 … are the variables as they stand in `variables`. */
  sql: string;
}
