import { getMetadataStorage } from 'type-graphql';

type Resolve = (root: unknown, args: Record<string, unknown>, context: object, info: unknown) => unknown;
type Metadata = ReturnType<typeof getMetadataStorage>;
type Parameter = NonNullable<Metadata['queries'][number]['params']>[number];

/** Resolvers that do not look at `info`: for an object of twenty fields it is as much as the object. */
export const heedless = new WeakSet<Function>();

/**
 * Resolvers of queries and fields that are given parents and arguments as they are, by type and field. type-graphql copies them
 * into instances of their classes first, for each field of each object; here rows and arguments are plain data, and a copy of
 * thirty columns costs more than the rest of a field. Those that are guarded, and mutations, stay type-graphql's.
 * @param classes resolvers of a schema that has been built
 */
export function directResolvers(classes: readonly Function[]): Record<string, Record<string, Resolve>> {
  const { queries, fieldResolvers, objectTypes, interfaceTypes, unions } = getMetadataStorage();
  const instances = new Map(classes.map((one) => [one, new (one as new () => Record<string, (...given: unknown[]) => unknown>)()]));
  const types = new Map([...objectTypes, ...interfaceTypes].map(({ target, name }) => [target as unknown, name]));
  const found: Record<string, Record<string, Resolve>> = {};
  const note = (type: string | undefined, { target, methodName, schemaName, params = [], roles, middlewares = [] }: Metadata['queries'][number] | Metadata['fieldResolvers'][number]) => {
    const instance = instances.get(target);
    if (!instance || type === undefined || roles || middlewares.length > 0) return;
    const given = [...params].sort((a, b) => a.index - b.index).map(giverOf);
    if (!given.every((one) => one !== null)) return;
    const method = instance[methodName]!;
    const resolve: Resolve = (root, args, context, info) => method.apply(instance, given.map((one) => one(root, args, context, info)));
    (found[type] ??= {})[schemaName] = resolve;
    if (!params.some(({ kind }) => kind === 'info')) heedless.add(resolve);
  };
  for (const query of queries) note('Query', query);
  for (const field of fieldResolvers) if (field.kind === 'external') note(types.get(field.getObjectType!()), field);
  // type-graphql waits for what a union's member is called, though it is known.
  for (const { name, resolveType } of unions) if (resolveType) found[name] = { __resolveType: resolveType as Resolve };
  return found;
}

/** Where a parameter comes from; null for one that type-graphql makes. */
function giverOf(parameter: Parameter): Resolve | null {
  switch (parameter.kind) {
    case 'root':
      return parameter.propertyName === undefined ? (root) => root : null;
    case 'context':
      return parameter.propertyName === undefined ? (_root, _args, context) => context : null;
    case 'args':
      return (_root, args) => args;
    case 'arg':
      return (_root, args) => args[parameter.name];
    case 'info':
      return (_root, _args, _context, info) => info;
    default:
      return null;
  }
}
