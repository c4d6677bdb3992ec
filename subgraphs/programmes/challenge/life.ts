import { registerEnumType } from 'type-graphql';
import type { Life } from '../../../shared/writing/life';

export enum ChallengeState {
  OPEN = 'OPEN',
  MATCHED = 'MATCHED',
  CLOSED = 'CLOSED',
}
registerEnumType(ChallengeState, {
  name: 'ChallengeState',
  description: 'Where a challenge stands now; computed from its dates.',
  valuesConfig: {
    OPEN: { description: 'Takes answers.' },
    MATCHED: { description: 'A startup was chosen.' },
    CLOSED: { description: 'Takes no more answers.' },
  },
});

/** PARTNER: the owner. */
export const challengeLife: Life<ChallengeState> = {
  subject: 'challenge',
  begins: [ChallengeState.OPEN],
  moves: [
    { from: ChallengeState.OPEN, to: ChallengeState.MATCHED, by: ['PARTNER'] },
    { from: ChallengeState.OPEN, to: ChallengeState.CLOSED, by: ['PARTNER', 'TIME'] },
    // Whoever waits for all answers chooses after the closing.
    { from: ChallengeState.CLOSED, to: ChallengeState.MATCHED, by: ['PARTNER'] },
    { from: ChallengeState.MATCHED, to: ChallengeState.CLOSED, by: ['PARTNER'] },
  ],
};
