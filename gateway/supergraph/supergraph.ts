import { Supergraph } from '@apollo/federation-internals';
import { Kind, parse, print, visit, type GraphQLSchema } from 'graphql';
import { readNeeds } from '../rights/needs';

/** A supergraph that was read and found fit to be served. */
export interface ReadSupergraph {
  /** As the Apollo gateway takes it. */
  sdl: string;
  /** What readers see. */
  api: GraphQLSchema;
  subgraphs: readonly { name: string; url: string }[];
}

/** What the hub enforces itself, see `rights/`. */
const ENFORCED = /^https:\/\/specs\.apollo\.dev\/(authenticated|requiresScopes)\/v0\.1$/;

/**
 * The text of a supergraph as the Apollo gateway takes it, the same however it was laid out. It refuses one whose links are
 * "for: SECURITY", since it does not enforce them itself: those that the hub does lose their purpose, any other stays refused.
 * The published file keeps them, for other routers.
 */
export function textFor(sdl: string): string {
  const document = visit(parse(sdl, { noLocation: true }), {
    Directive(directive) {
      const given = (name: string) => directive.arguments?.find((one) => one.name.value === name)?.value;
      const url = given('url');
      if (directive.name.value !== 'link' || url?.kind !== Kind.STRING || !ENFORCED.test(url.value)) return;
      // The rights are read under the name that the specification gives them, or the link's `as`.
      if (given('import')) throw new Error(`It imports parts of ${url.value}, which the hub does not look for.`);
      return { ...directive, arguments: directive.arguments!.filter(({ name }) => name.value !== 'for') };
    },
  });
  return print(document);
}

/** Reads what `textFor` made; throws where it cannot be served. */
export function readSupergraph(sdl: string): ReadSupergraph {
  const supergraph = Supergraph.build(sdl);
  const api = supergraph.apiSchema().toGraphQLJSSchema();
  // Read again when it is taken, where it is too late to refuse.
  readNeeds(sdl, api);
  return { sdl, api, subgraphs: [...supergraph.subgraphsMetadata()] };
}
