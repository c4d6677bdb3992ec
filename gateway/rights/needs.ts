import { parse, type ConstDirectiveNode, type DirectiveNode, type GraphQLSchema, isInterfaceType, type TypeDefinitionNode, valueFromASTUntyped } from 'graphql';
import type { Caller } from '../../shared/rights/caller';

/** What a field asks of its caller. */
export interface Need {
  /** Alternatives, in each of which all are needed; empty where it is enough to be known. */
  scopes: readonly (readonly string[])[];
}

/** Needs by `Type.field`. */
export type Needs = ReadonlyMap<string, readonly Need[]>;

export const fulfils = ({ partner, scopes }: Caller, needs: readonly Need[]): boolean =>
  needs.every((need) => (need.scopes.length === 0 ? partner !== null : need.scopes.some((all) => all.every((scope) => (scopes as readonly string[]).includes(scope)))));

/** Scopes of which one alternative would open what the caller may not see, for a message. */
export const scopesWanted = (needs: readonly Need[]): string[] => [...new Set(needs.flatMap(({ scopes }) => scopes.map((all) => all.join(' and '))))];

/**
 * Reads `@authenticated` and `@requiresScopes` from a supergraph. A field has its own needs and those of the type that it
 * returns; one of an interface those of every type behind it too, since the caller cannot know which comes.
 */
export function readNeeds(supergraphSdl: string, api: GraphQLSchema): Needs {
  const { definitions } = parse(supergraphSdl, { noLocation: true });
  const links = definitions.flatMap((definition) => (definition.kind === 'SchemaDefinition' || definition.kind === 'SchemaExtension' ? (definition.directives ?? []) : []));
  const authenticated = nameOf(links, 'authenticated');
  const requiresScopes = nameOf(links, 'requiresScopes');
  const needsOf = (directives: readonly ConstDirectiveNode[] = []): Need[] =>
    directives.flatMap(({ name, arguments: given = [] }) => {
      if (name.value === authenticated) return [{ scopes: [] }];
      if (name.value !== requiresScopes) return [];
      const scopes = given.find((one) => one.name.value === 'scopes');
      return scopes ? [{ scopes: valueFromASTUntyped(scopes.value) as string[][] }] : [];
    });

  const ofTypes = new Map<string, Need[]>();
  const ofFields = new Map<string, Need[]>();
  for (const definition of definitions) {
    if (!('name' in definition) || !definition.name || !('directives' in definition)) continue;
    const { name, directives } = definition as TypeDefinitionNode;
    ofTypes.set(name.value, needsOf(directives));
    if ('fields' in definition) for (const field of definition.fields ?? []) if ('directives' in field) ofFields.set(`${name.value}.${field.name.value}`, needsOf(field.directives as ConstDirectiveNode[]));
  }
  const needs = new Map<string, Need[]>();
  for (const type of Object.values(api.getTypeMap())) {
    if (!('getFields' in type)) continue;
    const behind = isInterfaceType(type) ? [type.name, ...api.getPossibleTypes(type).map(({ name }) => name)] : [type.name];
    for (const field of Object.values(type.getFields())) {
      const returned = String(field.type).replaceAll(/[[\]!]/g, '');
      const all = [...(ofTypes.get(type.name) ?? []), ...behind.flatMap((name) => ofFields.get(`${name}.${field.name}`) ?? []), ...(ofTypes.get(returned) ?? [])];
      if (all.length > 0) needs.set(`${type.name}.${field.name}`, all);
    }
  }
  return needs;
}

/** The name under which a supergraph has a directive of Apollo's specifications. */
function nameOf(links: readonly DirectiveNode[], spec: string): string {
  for (const { arguments: given = [] } of links) {
    const { url, as } = Object.fromEntries(given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)])) as { url?: string; as?: string };
    if (url?.startsWith(`https://specs.apollo.dev/${spec}/`)) return as ?? spec;
  }
  return spec;
}
