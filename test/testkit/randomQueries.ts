import {
  astFromValue,
  getNamedType,
  getNullableType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Lexer,
  parse,
  print,
  Source,
  TokenKind,
  validate,
  type GraphQLArgument,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLLeafType,
  type GraphQLSchema,
} from 'graphql';
import type { Random } from '../../shared/demo/random';

// Operations that nobody has thought of, from a schema and a source of random numbers: the same seed makes the same ones.

export interface RandomOperation {
  query: string;
  variables: Record<string, unknown>;
}

/** Values to draw from, for a leaf of this type at an argument or input field of this name of this field's answer; undefined where any will do. */
export type Known = (leaf: GraphQLLeafType, name: string, answer: string) => readonly unknown[] | undefined;

export interface RandomOptions {
  schema: GraphQLSchema;
  random: Random;
  known: Known;
  /** Fields within fields at most. */
  depth?: number;
  operation?: 'query' | 'mutation';
  /** Share of the values that are drawn from the hostile ones of their type. */
  hostility?: number;
}

/** What a leaf's own type takes, and hardly anybody sends. */
const HOSTILE: Record<string, readonly unknown[]> = {
  Int: [0, -1, 101, 2 ** 31 - 1, -(2 ** 31)],
  Float: [0, -0.5, 1e308, -1e308, 5e-324, 90.0001, 181],
  Boolean: [true, false],
};
const HOSTILE_TEXTS = [
  '', ' ', '\0', 'a\0b', '\ud800', '\u202eabc', '🦔'.repeat(70), '%', '_%', '\\', "'", "'; drop table startups; --", '" or 1=1 --', '$1', '(((', '.*(a+)+$', '& | ! <-> :*', "a' & b:*",
  '__proto__', 'constructor', 'toString', 'null', '-1', '1e999', '0000-00-00', '2024-02-30', '9999-12-31', '0001-01-01', '-271821-04-20T00:00:00Z', '9999-12-31T23:59:59Z', '275760-09-13',
  '00000000-0000-0000-0000-000000000000', 'x'.repeat(201), 'x'.repeat(5000), 'eyJ9', '😀', 'ß', 'İ', '../../etc/passwd', '{}', '[]', '<script>',
];
const TOKENS = ['{', '}', '(', ')', '[', ']', ':', '!', '=', '@', '$', '...', '|', '&', 'on', 'null', 'true', 'query', 'mutation', 'subscription', 'fragment', '__typename', '__schema', '_entities', '_service', '__proto__', 'constructor', 'toString', '@skip(if: true)', '@include(if: $none)', '@defer', '@deprecated', '9999999999999', '-1', '1.5e400', '""', '"\\u0000"', '"""x"""', '#', '\u202e'];
const WRONG: readonly unknown[] = [null, {}, [], [[]], '', 'x', 0, -1, 1.5, 2 ** 53, true, { __proto__: null, constructor: 1 }, [null], ['\0'], { id: { id: {} } }];

/** An operation that the schema allows; what its arguments mean may be refused all the same. */
export function randomOperation(options: RandomOptions): RandomOperation {
  for (;;) {
    const made = new Maker(options).operation();
    // Two fields of one key with other arguments, a variable twice in places of other types: easier tried than foreseen.
    if (validate(options.schema, parse(made.query)).length === 0) return made;
  }
}

/** The operation with some of its tokens, or its variables, exchanged: mostly wrong. */
export function spoiled({ query, variables }: RandomOperation, random: Random): RandomOperation {
  const names = Object.keys(variables);
  if (names.length > 0 && random.chance(0.4)) {
    const lost = random.chance(0.3) ? random.pick(names) : undefined;
    const changed = Object.entries({ ...variables, [random.pick(names)]: random.pick(WRONG) });
    return { query, variables: Object.fromEntries(changed.filter(([name]) => name !== lost)) };
  }
  const tokens = tokensOf(query);
  for (let times = random.between(1, 3); times > 0; times--) {
    const at = random.between(0, tokens.length - 1);
    const other = random.chance(0.5) ? random.pick(tokens) : random.pick(TOKENS);
    const replaced: readonly string[] = random.weighted([[[other], 4], [[], 3], [[tokens[at]!, other], 2], [[tokens[at]!, tokens[at]!], 1]]);
    tokens.splice(at, 1, ...replaced);
    if (tokens.length === 0) break;
  }
  return { query: tokens.join(' '), variables };
}

function tokensOf(text: string): string[] {
  const lexer = new Lexer(new Source(text));
  const tokens: string[] = [];
  while (lexer.advance().kind !== TokenKind.EOF) tokens.push(text.slice(lexer.token.start, lexer.token.end));
  return tokens;
}

/** Makes one operation. */
class Maker {
  private readonly schema: GraphQLSchema;
  private readonly random: Random;
  private readonly declared: string[] = [];
  private readonly variables: Record<string, unknown> = {};
  private readonly fragments: { name: string; type: GraphQLCompositeType; text: string }[] = [];
  private aliases = 0;
  private fields = 0;

  constructor(private readonly options: RandomOptions) {
    this.schema = options.schema;
    this.random = options.random;
  }

  operation(): RandomOperation {
    const { operation = 'query', depth = 6 } = this.options;
    const body = this.set(this.schema.getRootType(operation as never)!, this.random.between(2, depth));
    const declared = this.declared.length > 0 ? `(${this.declared.join(', ')})` : '';
    const name = this.random.chance(0.3) ? ' Asked' : '';
    const fragments = this.fragments.map(({ name, type, text }) => `fragment ${name} on ${type.name} ${text}`);
    return { query: [`${operation}${name || (declared ? ' ' : '')}${declared} ${body}`, ...fragments].join('\n'), variables: this.variables };
  }

  /** A selection set; `depth` fields within each other at most. An abstract type always says which it is: whoever reads the answer must know. */
  private set(type: GraphQLCompositeType, depth: number): string {
    const { random } = this;
    const parts: string[] = isObjectType(type) ? [] : ['__typename'];
    const fields = 'getFields' in type ? Object.values(type.getFields()) : [];
    const usable = depth > 1 && this.fields < 60 ? fields : fields.filter((field) => isLeafType(getNamedType(field.type)));
    const root = type === this.schema.getQueryType() || type === this.schema.getMutationType();
    for (let count = random.between(1, root ? 3 : 5); count > 0 && usable.length > 0; count--) parts.push(this.field(random.pick(usable), depth));
    for (const possible of isObjectType(type) ? [] : this.schema.getPossibleTypes(type)) {
      if (random.chance(0.7)) parts.push(`... on ${possible.name}${this.directives()} ${this.set(possible, depth)}`);
    }
    if (random.chance(0.08) || parts.length === 0) parts.push(random.chance(0.5) ? '__typename' : `k${this.aliases++}: __typename`);
    if (random.chance(0.08) && this.fields < 60) parts.push(`...${random.chance(0.5) ? ` on ${type.name}` : ''}${this.directives()} ${this.set(type, depth)}`);
    if (random.chance(0.12) && this.fields < 60) parts.push(`...${this.fragment(type, depth)}${this.directives()}`);
    return `{ ${parts.join(' ')} }`;
  }

  /** The name of a fragment, new or already there. */
  private fragment(type: GraphQLCompositeType, depth: number): string {
    const known = this.fragments.filter((one) => one.type === type);
    if (known.length > 0 && this.random.chance(0.5)) return this.random.pick(known).name;
    // Known only once it is whole: it cannot spread itself.
    const text = this.set(type, depth);
    const name = `F${this.fragments.length}`;
    this.fragments.push({ name, type, text });
    return name;
  }

  private field(field: GraphQLField<unknown, unknown>, depth: number): string {
    const { random } = this;
    this.fields++;
    const type = getNamedType(field.type);
    const given = field.args.flatMap((arg) => {
      const value = this.argument(arg, type.name);
      return value === null ? [] : [`${arg.name}: ${value}`];
    });
    const alias = (given.length > 0 ? random.chance(0.5) : random.chance(0.1)) && this.aliases < 50 ? `k${this.aliases++}: ` : '';
    return `${alias}${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''}${this.directives()}${isCompositeType(type) ? ` ${this.set(type, depth - 1)}` : ''}`;
  }

  private directives(): string {
    if (!this.random.chance(0.06)) return '';
    const value = this.random.chance(0.5) ? String(this.random.chance(0.5)) : this.variable('Boolean!', this.random.chance(0.5));
    return ` @${this.random.pick(['skip', 'include'])}(if: ${value})`;
  }

  /** The text of a value, or null to leave it out. */
  private argument(input: GraphQLArgument | GraphQLInputField, answer: string): string | null {
    const { random } = this;
    const needed = isNonNullType(input.type) && input.defaultValue === undefined;
    // Mostly a page of its own size, since pages within pages multiply; one record by its id; seldom a cursor, which fits one listing alone.
    const share = { first: 0.95, id: 0.95, after: 0.05 }[input.name] ?? 0.25;
    return needed || random.chance(share) ? this.value(input.type, input.name, answer) : null;
  }

  private value(type: GraphQLInputType, name: string, answer: string): string {
    if (this.random.chance(0.2)) {
      if (!isNonNullType(type) && this.random.chance(0.1)) return this.variable(String(type), undefined);
      return this.variable(String(type), this.plain(type, name, answer));
    }
    const nullable = getNullableType(type) as GraphQLInputType;
    if (nullable === type && this.random.chance(0.04)) return 'null';
    if (isListType(nullable)) return `[${this.times(() => this.value(nullable.ofType as GraphQLInputType, name, answer)).join(', ')}]`;
    if (!isInputObjectType(nullable)) {
      const value = this.leaf(nullable as GraphQLLeafType, name, answer);
      // Half a character can be written in JSON, not in GraphQL.
      return print(astFromValue(typeof value === 'string' ? value.replace(/\p{Surrogate}/gu, '') : value, nullable)!);
    }
    const parts = this.inputFields(nullable).flatMap((field) => {
      const value = this.argument(field, answer);
      return value === null ? [] : [`${field.name}: ${value}`];
    });
    return `{${parts.join(', ')}}`;
  }

  /** A value as JSON has it. */
  private plain(type: GraphQLInputType, name: string, answer: string): unknown {
    const nullable = getNullableType(type) as GraphQLInputType;
    if (nullable === type && this.random.chance(0.04)) return null;
    if (isListType(nullable)) return this.times(() => this.plain(nullable.ofType as GraphQLInputType, name, answer));
    if (!isInputObjectType(nullable)) return this.leaf(nullable as GraphQLLeafType, name, answer);
    const fields = this.inputFields(nullable).filter((field) => (isNonNullType(field.type) && field.defaultValue === undefined) || this.random.chance(0.3));
    return Object.fromEntries(fields.map((field) => [field.name, this.plain(field.type, field.name, answer)]));
  }

  private readonly inputFields = (type: GraphQLInputType): GraphQLInputField[] => (isInputObjectType(type) ? Object.values(type.getFields()) : []);

  private leaf(type: GraphQLLeafType, name: string, answer: string): unknown {
    const { random } = this;
    if (isEnumType(type)) return random.pick(type.getValues()).name;
    const known = this.options.known(type, name, answer);
    if (known && known.length > 0 && !random.chance(this.options.hostility ?? 0.1)) return random.pick(known);
    return random.pick(HOSTILE[type.name] ?? HOSTILE_TEXTS);
  }

  private times<Item>(make: () => Item): Item[] {
    return Array.from({ length: this.random.between(0, 3) }, make);
  }

  private variable(type: string, value: unknown): string {
    const name = `v${this.declared.length}`;
    this.declared.push(`$${name}: ${type}`);
    if (value !== undefined) this.variables[name] = value;
    return `$${name}`;
  }
}
