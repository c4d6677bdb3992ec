import { registerEnumType } from 'type-graphql';
import type { Life, Move } from '../../../shared/writing/life';

export enum EditionState {
  ANNOUNCED = 'ANNOUNCED',
  OPEN = 'OPEN',
  CLOSED = 'CLOSED',
  UNDER_REVIEW = 'UNDER_REVIEW',
  RESULTS_PUBLISHED = 'RESULTS_PUBLISHED',
  ARCHIVED = 'ARCHIVED',
  CANCELLED = 'CANCELLED',
}
registerEnumType(EditionState, {
  name: 'EditionState',
  description: 'Where an edition stands now; computed from its dates.',
  valuesConfig: {
    ANNOUNCED: { description: 'Known, not open yet.' },
    OPEN: { description: 'Takes applications.' },
    CLOSED: { description: 'No longer takes applications.' },
    UNDER_REVIEW: { description: 'Applications are being judged.' },
    RESULTS_PUBLISHED: { description: 'The laureates are known.' },
    ARCHIVED: { description: 'Over; no more will come of it.' },
    CANCELLED: { description: 'Did not take place.' },
  },
});

const { ANNOUNCED, OPEN, CLOSED, UNDER_REVIEW, RESULTS_PUBLISHED, ARCHIVED, CANCELLED } = EditionState;

/** States in the order in which an edition goes through them. */
export const editionCourse = [ANNOUNCED, OPEN, CLOSED, UNDER_REVIEW, RESULTS_PUBLISHED, ARCHIVED];

/** PARTNER: one that runs the programme, or its reference partner. Time passes over a state whose date is not known. */
export const editionLife: Life<EditionState> = {
  subject: 'edition',
  begins: editionCourse,
  moves: [
    ...editionCourse.flatMap((from, at) =>
      editionCourse.slice(at + 1).map((to, further): Move<EditionState> => ({ from, to, by: further === 0 ? ['PARTNER', 'TIME'] : ['TIME'] })),
    ),
    ...editionCourse.filter((from) => from !== ARCHIVED).map((from): Move<EditionState> => ({ from, to: CANCELLED, by: ['PARTNER'], reason: true })),
  ],
};
