import type { Subgraph } from '../shared/subgraph';
import { jobs } from './jobs';
import { programmes } from './programmes';
import { startups } from './startups';
import { territories } from './territories';

/** The four subgraphs, in the order in which they start: the owner of a feed before its followers. */
export const subgraphs: readonly Subgraph[] = [territories, startups, programmes, jobs];
