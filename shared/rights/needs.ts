import type { GraphQLError } from 'graphql';
import { Authorized, Directive, type AuthCheckerFn } from 'type-graphql';
import { auditRefusal } from '../audit/audit';
import type { Context } from '../graphql/context';
import type { ReferenceResolver } from '../graphql/federation';
import { coded } from '../graphql/errors';
import type { Scope } from './rights';

/**
 * A field for callers with a scope: `@requiresScopes` tells gateways, `@Authorized` guards the resolver.
 * Several scopes: one of them is enough.
 */
export function Needs(...scopes: [Scope, ...Scope[]]): MethodDecorator & PropertyDecorator {
  const directive = `@requiresScopes(scopes: [${scopes.map((scope) => `["${scope}"]`).join(', ')}])`;
  return (target: object, key: string | symbol, descriptor?: PropertyDescriptor) => {
    for (const decorate of [Directive('@authenticated'), Directive(directive), Authorized(...scopes)]) {
      (decorate as (target: object, key: string | symbol, descriptor?: PropertyDescriptor) => void)(target, key, descriptor);
    }
  };
}

/** The subgraph's own check, whoever composed the request. */
export const checkScopes: AuthCheckerFn<Context, Scope> = async ({ context, info }, scopes) => {
  const { caller } = context;
  if (scopes.some((scope) => caller.scopes.includes(scope))) return true;
  if (info.operation.operation === 'mutation' && info.path.prev === undefined) await auditRefusal(context, info.fieldName);
  throw missingScope(scopes, caller.partner !== null);
};

/** An entity for callers with a scope: `_entities` finds it by its id alone, past the fields that `Needs` guards. Refuses this one, not those beside it. */
export const needing = (scope: Scope, resolve: ReferenceResolver): ReferenceResolver => async (reference, context, info) => {
  const { scopes, partner } = context.caller;
  if (!scopes.includes(scope)) throw missingScope([scope], partner !== null);
  return resolve(reference, context, info);
};

/** The refusal of a field for want of a scope; where it asks for none, it is enough to be known. */
export function missingScope(scopes: readonly string[], known: boolean): GraphQLError {
  const needed = scopes.length > 0 ? `The scope ${scopes.join(' or ')} is needed` : 'This is for known callers';
  return coded(
    known ? 'FORBIDDEN' : 'UNAUTHENTICATED',
    known ? `${needed}, which this caller does not have.` : `${needed}: send a key or token as "Authorization: Bearer …".`,
    { scopes },
  );
}
