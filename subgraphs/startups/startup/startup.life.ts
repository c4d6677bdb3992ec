import type { Life } from '../../../shared/writing/life';
import { StartupStatus } from './startup.type';

const { PROJECT, ACTIVE, ACQUIRED, MERGED, DORMANT, CLOSED } = StartupStatus;
const by = ['STARTUP', 'TERRITORY_OFFICER'] as const;

/** A startup's life as a company. It begins wherever it stands when the hub first hears of it. */
export const statusLife: Life<StartupStatus> = {
  subject: 'startup',
  begins: Object.values(StartupStatus),
  moves: [
    { from: PROJECT, to: ACTIVE, by },
    { from: PROJECT, to: CLOSED, by },
    { from: ACTIVE, to: ACQUIRED, by },
    { from: ACTIVE, to: MERGED, by },
    { from: ACTIVE, to: DORMANT, by },
    { from: ACTIVE, to: CLOSED, by },
    { from: DORMANT, to: ACTIVE, by },
    { from: DORMANT, to: CLOSED, by },
    // Sold again, or bought back by its founders.
    { from: ACQUIRED, to: ACTIVE, by },
    { from: ACQUIRED, to: MERGED, by },
    { from: ACQUIRED, to: DORMANT, by },
    { from: ACQUIRED, to: CLOSED, by },
  ],
};
