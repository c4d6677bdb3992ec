import { createHash } from 'node:crypto';
import type { GraphQLSchema } from 'graphql';
import { readHints, type Hints } from '../cache/policy';
import { readWeights, type Weights } from '../cost/weights';
import { readNeeds, type Needs } from '../rights/needs';

/** What the gateway's own features know of a supergraph. */
export interface Facts {
  /** What readers see. */
  schema: GraphQLSchema;
  /** Tells supergraphs apart. */
  hash: string;
  needs: Needs;
  weights: Weights;
  hints: Hints;
}

export function readFacts(schema: GraphQLSchema, supergraphSdl: string): Facts {
  return {
    schema,
    hash: createHash('sha256').update(supergraphSdl).digest('base64url'),
    needs: readNeeds(supergraphSdl, schema),
    weights: readWeights(supergraphSdl),
    hints: readHints(supergraphSdl),
  };
}
