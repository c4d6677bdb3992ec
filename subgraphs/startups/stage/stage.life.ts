import type { Life } from '../../../shared/writing/life';
import { isStepBack, progression } from './progression';
import type { SupportStage } from './stage.type';

/**
 * The support of a startup. It begins wherever the local team finds it and may skip ahead: a team does not see every stage of
 * every company, and support may end at any of them. A step back needs a reason.
 */
export const supportLife: Life<SupportStage> = {
  subject: 'startup support',
  begins: progression,
  moves: progression.flatMap((from) =>
    progression.filter((to) => to !== from).map((to) => ({ from, to, by: ['TERRITORY_OFFICER'] as const, ...(isStepBack(from, to) && { reason: true }) })),
  ),
};
