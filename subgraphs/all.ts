import type { Subgraph } from '../shared/subgraph';
import { territories } from './territories';

/** The four subgraphs, in the order in which they start: the owner of a feed before its followers. */
export const subgraphs: readonly Subgraph[] = [territories];
