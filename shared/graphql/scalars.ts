import { GraphQLScalarType, Kind } from 'graphql';
import { GraphQLDateTimeISO, GraphQLLocalDate } from 'graphql-scalars';
import { badInput } from './errors';

const localDate = GraphQLLocalDate.toConfig();

/** A day, as the string `YYYY-MM-DD`. */
export const DateScalar = new GraphQLScalarType<string, string>({
  ...localDate,
  name: 'Date',
  description: 'ISO 8601 calendar date, 2018-04-10.',
  specifiedByURL: undefined,
  parseValue: (value) => existing(localDate.parseValue!(value)),
  parseLiteral: (node, variables) => existing(localDate.parseLiteral!(node, variables)),
});

/** PostgreSQL has no year 0. */
function existing(day: string): string {
  if (day.startsWith('0000')) throw badInput('date', day, 'a day from 0001-01-01 on');
  return day;
}

/** An instant, as a `Date`. */
export const DateTimeScalar = new GraphQLScalarType({
  ...GraphQLDateTimeISO.toConfig(),
  name: 'DateTime',
  description: 'ISO 8601 instant in UTC.',
  specifiedByURL: undefined,
});

const cursorText = (value: unknown): string => {
  if (typeof value !== 'string') throw badInput('cursor', value, 'an endCursor or a cursor of an edge, as it was returned');
  return value;
};

export const CursorScalar = new GraphQLScalarType<string, string>({
  name: 'Cursor',
  description: 'Opaque keyset position: pass what `endCursor` or the edge returned, with the same filter and order.',
  serialize: (value) => value as string,
  parseValue: cursorText,
  parseLiteral: (node) => cursorText(node.kind === Kind.STRING ? node.value : null),
});
