import type { Wording } from '../../../shared/graphql/text';
import { SupportStage } from './stage.type';

/** The stages in the order in which a startup passes through them. */
export const progression: readonly SupportStage[] = Object.values(SupportStage);

/** Whether a move goes back: it then needs a reason. */
export const isStepBack = (from: SupportStage, to: SupportStage): boolean => progression.indexOf(to) < progression.indexOf(from);

export const stageNames: Record<SupportStage, Wording> = {
  DETECTION: { FR: 'Détection', DE: 'Entdeckung', LB: 'Entdeckung', EN: 'Detection' },
  MATURATION: { FR: 'Maturation', DE: 'Reifung', LB: 'Reifung', EN: 'Maturation' },
  CREATION: { FR: 'Création', DE: 'Gründung', LB: 'Grënnung', EN: 'Creation' },
  ACCELERATION: { FR: 'Accélération', DE: 'Beschleunigung', LB: 'Acceleratioun', EN: 'Acceleration' },
  INTERNATIONAL: { FR: 'International', DE: 'International', LB: 'International', EN: 'International' },
  ALUMNI: { FR: 'Alumni', DE: 'Alumni', LB: 'Alumni', EN: 'Alumni' },
};
