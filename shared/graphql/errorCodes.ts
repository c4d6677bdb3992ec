/** What an error of an answer may be: a code of these, each with what it means and the HTTP status where one goes with it. */
export const errorCodes = {
  GRAPHQL_PARSE_FAILED: { status: 400, meaning: 'The text of the operation is not GraphQL.' },
  GRAPHQL_VALIDATION_FAILED: { status: 400, meaning: 'The operation asks for what the schema does not have.' },
  OPERATION_RESOLUTION_FAILURE: { status: 400, meaning: 'The document has no operation of that name.' },
  BAD_REQUEST: { status: 400, meaning: 'No GraphQL request: its method, type, body or one of its parameters is not as GraphQL over HTTP has it.' },
  BAD_USER_INPUT: { status: 400, meaning: 'An argument or variable has a value that it does not take: `argument`, `given` and `allowed` say which. Status 200 where only the data could tell.' },
  LIMIT_EXCEEDED: { status: 400, meaning: 'The request is larger than anybody’s need: `limit`, `found` and `most` say how. Status 413 where it is the body.' },
  RATE_LIMITED: { status: 429, meaning: 'The budget of a minute is spent: `found` is what the operation costs, `remaining` what is left; `Retry-After` says when to come back.' },
  PERSISTED_QUERY_NOT_FOUND: { status: 200, meaning: 'The hash of a query that this gateway does not know: send the query with it.' },
  OPERATION_NOT_SAFELISTED: { status: 403, meaning: 'The hub answers the operations on its list only.' },
  UNAUTHENTICATED: { status: 401, meaning: 'Nobody is known by the key or token. With status 200, on a path: the field is for partners, and none was sent.' },
  FORBIDDEN: { status: null, meaning: 'The caller does not have the scope that the field needs: `scopes` names it.' },
  TOO_MANY_FAILURES: { status: 429, meaning: 'Too many credentials from this address were refused: `Retry-After` says when to try again.' },
  ACCESS_UNAVAILABLE: { status: 503, meaning: 'Keys and tokens cannot be checked at the moment. What is public can be read without one.' },
  NOT_FOUND: { status: 404, meaning: 'There is nothing at this address.' },
  STARTING: { status: 503, meaning: 'The hub is starting: ask again in a moment.' },
  OVERLOADED: { status: 503, meaning: 'The hub has more to do than it can: `Retry-After` says when to ask again.' },
  DEADLINE_EXCEEDED: { status: 504, meaning: 'It took longer than an operation may. A mutation may have been made all the same. With status 200, on a path: the rest was in time.' },
  SUBGRAPH_UNAVAILABLE: { status: null, meaning: 'The subgraph that `service` names is down, left alone because it was, or sent what was not asked for.' },
  DOWNSTREAM_SERVICE_ERROR: { status: null, meaning: 'A subgraph that is not the hub’s has an error without a code. With one, its code is told as it is.' },
  DATABASE_UNAVAILABLE: { status: null, meaning: 'A subgraph does not reach its database.' },
  INTERNAL_SERVER_ERROR: { status: 500, meaning: 'Nobody foresaw it. Quote its `id`: the log has the rest under it. With status 200, on a path: of that field alone.' },
} as const satisfies Record<string, { status: number | null; meaning: string }>;

export type ErrorCode = keyof typeof errorCodes;

export const isErrorCode = (code: unknown): code is ErrorCode => typeof code === 'string' && Object.hasOwn(errorCodes, code);
