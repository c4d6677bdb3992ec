import type { Life } from '../../../shared/writing/life';
import { DuplicateStatus } from './duplicate.type';

/** A pair is decided once. */
export const duplicateLife: Life<DuplicateStatus> = {
  subject: 'duplicate candidate',
  begins: [DuplicateStatus.OPEN],
  moves: [
    { from: DuplicateStatus.OPEN, to: DuplicateStatus.CONFIRMED, by: ['STEWARD'] },
    { from: DuplicateStatus.OPEN, to: DuplicateStatus.REJECTED, by: ['STEWARD'] },
  ],
};
