import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../shared/root';
import type { Life } from '../shared/writing/life';
import { subgraphs } from './all';

/** Where the lives are drawn. */
export const livesFile = join(root, 'subgraphs/lives.md');

/** A life as a state diagram of Mermaid: on each arrow who may go it. */
export function drawLife({ begins, moves }: Pick<Life, 'begins' | 'moves'>): string {
  const states = [...new Set([...begins, ...moves.flatMap(({ from, to }) => [from, to])])];
  const ends = states.filter((state) => !moves.some(({ from }) => from === state));
  return [
    '```mermaid',
    'stateDiagram-v2',
    ...begins.map((state) => `  [*] --> ${state}`),
    ...moves.map(({ from, to, by, reason }) => `  ${from} --> ${to}: ${by.map((one) => (one === 'TIME' ? 'by time' : one)).join(', ')}${reason ? ' (needs a reason)' : ''}`),
    ...ends.map((state) => `  ${state} --> [*]`),
    '```',
  ].join('\n');
}

/** The lives of all records that have one, a diagram each. */
export function drawLives(): string {
  const drawn = subgraphs.flatMap(({ name, lives }) => lives.map((life) => `## ${life.subject[0]!.toUpperCase()}${life.subject.slice(1)}\n\nIn *${name}*.\n\n${drawLife(life)}\n`));
  return [
    '# Lives\n',
    'The states that records take one after the other, and who may move them. `npm run compose` draws this file from the data by which each move is checked.\n',
    ...drawn,
  ].join('\n');
}

if (require.main === module) writeFileSync(livesFile, drawLives());
