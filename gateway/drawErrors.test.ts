import { readFileSync } from 'node:fs';
import { drawErrors, errorsFile } from './drawErrors';

it('the codes are drawn as they are committed: `npm run compose` draws them', () => {
  expect(drawErrors()).toBe(readFileSync(errorsFile, 'utf8'));
});
