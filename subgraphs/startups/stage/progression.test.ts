import { isStepBack, progression, stageNames } from './progression';
import { SupportStage } from './stage.type';

test('support goes from detection to alumni', () => {
  expect(progression[0]).toBe(SupportStage.DETECTION);
  expect(progression.at(-1)).toBe(SupportStage.ALUMNI);
});

test.each([
  [SupportStage.DETECTION, SupportStage.MATURATION, false],
  [SupportStage.DETECTION, SupportStage.ALUMNI, false],
  [SupportStage.CREATION, SupportStage.CREATION, false],
  [SupportStage.ACCELERATION, SupportStage.MATURATION, true],
])('from %s to %s is a step back: %s', (from, to, back) => expect(isStepBack(from, to)).toBe(back));

test('every stage has a name in every language', () => {
  for (const stage of progression) expect(Object.keys(stageNames[stage]).sort()).toEqual(['DE', 'EN', 'FR', 'LB']);
});
