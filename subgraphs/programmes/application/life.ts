import { registerEnumType } from 'type-graphql';
import type { Role, Scope } from '../../../shared/rights/rights';
import type { Life, Move } from '../../../shared/writing/life';

export enum ApplicationState {
  DRAFT = 'DRAFT',
  SUBMITTED = 'SUBMITTED',
  INCOMPLETE = 'INCOMPLETE',
  ELIGIBLE = 'ELIGIBLE',
  INELIGIBLE = 'INELIGIBLE',
  ADMITTED = 'ADMITTED',
  COACHED = 'COACHED',
  PLAN_SUBMITTED = 'PLAN_SUBMITTED',
  JURY_SCORED = 'JURY_SCORED',
  LAUREATE = 'LAUREATE',
  NOT_RETAINED = 'NOT_RETAINED',
  WITHDRAWN = 'WITHDRAWN',
  DROPPED = 'DROPPED',
}
registerEnumType(ApplicationState, {
  name: 'ApplicationState',
  description: 'How far an application has come.',
  valuesConfig: {
    DRAFT: { description: 'Being written; seen by the startup and its relay alone.' },
    SUBMITTED: { description: 'Handed in.' },
    INCOMPLETE: { description: 'Sent back for what is missing.' },
    ELIGIBLE: { description: 'Complete, and fulfils the conditions.' },
    INELIGIBLE: { description: 'Does not fulfil the conditions.' },
    ADMITTED: { description: 'Taken into the programme.' },
    COACHED: { description: 'Working with experts.' },
    PLAN_SUBMITTED: { description: 'The business plan is handed in.' },
    JURY_SCORED: { description: 'The jury has given its score.' },
    LAUREATE: { description: 'Won a prize.' },
    NOT_RETAINED: { description: 'Judged, no prize.' },
    WITHDRAWN: { description: 'Given up by the startup.' },
    DROPPED: { description: 'Left by the programme on the way.' },
  },
});

const { DRAFT, SUBMITTED, INCOMPLETE, ELIGIBLE, INELIGIBLE, ADMITTED, COACHED, PLAN_SUBMITTED, JURY_SCORED, LAUREATE, NOT_RETAINED, WITHDRAWN, DROPPED } = ApplicationState;

const underway = [DRAFT, SUBMITTED, INCOMPLETE, ELIGIBLE, ADMITTED, COACHED, PLAN_SUBMITTED, JURY_SCORED];
const applying: Role[] = ['STARTUP', 'RELAY'];
const deciding: Role[] = ['RELAY', 'PARTNER'];

/** PARTNER: one that runs the programme, or its reference partner. */
export const applicationLife: Life<ApplicationState> = {
  subject: 'application',
  begins: [DRAFT, SUBMITTED],
  moves: [
    { from: DRAFT, to: SUBMITTED, by: applying },
    { from: SUBMITTED, to: INCOMPLETE, by: ['RELAY'], reason: true },
    { from: INCOMPLETE, to: SUBMITTED, by: applying },
    { from: SUBMITTED, to: ELIGIBLE, by: ['RELAY'] },
    { from: SUBMITTED, to: INELIGIBLE, by: ['RELAY'], reason: true },
    { from: ELIGIBLE, to: ADMITTED, by: deciding },
    { from: ELIGIBLE, to: NOT_RETAINED, by: deciding },
    { from: ADMITTED, to: COACHED, by: ['RELAY'] },
    { from: COACHED, to: PLAN_SUBMITTED, by: applying },
    { from: PLAN_SUBMITTED, to: JURY_SCORED, by: deciding },
    { from: JURY_SCORED, to: LAUREATE, by: deciding },
    { from: JURY_SCORED, to: NOT_RETAINED, by: deciding },
    ...underway.map((from): Move<ApplicationState> => ({ from, to: WITHDRAWN, by: ['STARTUP'], reason: true })),
    ...underway.map((from): Move<ApplicationState> => ({ from, to: DROPPED, by: from === DRAFT ? ['RELAY'] : deciding, reason: true })),
  ],
};

/** Whether an application may still go on. */
export const isUnderway = (state: ApplicationState): boolean => underway.includes(state);

/** The scope that a step to a state takes, beside the role. */
export function scopeFor(to: ApplicationState): Scope {
  if (to === JURY_SCORED) return 'applications:jury';
  return [SUBMITTED, PLAN_SUBMITTED, WITHDRAWN].includes(to) ? 'applications:submit' : 'applications:manage';
}
