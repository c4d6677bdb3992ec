import { chain } from './chain';
import { dashboard } from './dashboard';
import { jobSearch } from './jobSearch';
import { offers } from './offers';
import type { Query } from './query';
import { territory } from './territory';

export const queries: readonly Query[] = [territory, dashboard, jobSearch, chain, offers];
