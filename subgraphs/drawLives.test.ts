import { readFileSync } from 'node:fs';
import { drawLife, drawLives, livesFile } from './drawLives';
import { subgraphs } from './all';

it('the lives are drawn as they are committed: `npm run compose` draws them', () => {
  expect(drawLives()).toBe(readFileSync(livesFile, 'utf8'));
});

it('a diagram tells where a life begins and ends, who may move, and what needs a reason', () => {
  const drawn = drawLife({
    begins: ['DRAFT'],
    moves: [
      { from: 'DRAFT', to: 'OPEN', by: ['STARTUP', 'PARTNER'] },
      { from: 'OPEN', to: 'DRAFT', by: ['PARTNER'], reason: true },
      { from: 'OPEN', to: 'CLOSED', by: ['TIME'] },
    ],
  });
  expect(drawn.split('\n').slice(2, -1).map((line) => line.trim())).toEqual([
    '[*] --> DRAFT',
    'DRAFT --> OPEN: STARTUP, PARTNER',
    'OPEN --> DRAFT: PARTNER (needs a reason)',
    'OPEN --> CLOSED: by time',
    'CLOSED --> [*]',
  ]);
});

it('no life has a step twice, nor a state in which no record can come to be', () => {
  for (const { subject, begins, moves } of subgraphs.flatMap(({ lives }) => lives)) {
    const steps = moves.map(({ from, to }) => `${subject}: ${from} to ${to}`);
    expect(steps).toEqual([...new Set(steps)]);
    const reached = new Set<string>(begins);
    for (let size = -1; size < reached.size; ) {
      size = reached.size;
      for (const { from, to } of moves) if (reached.has(from)) reached.add(to);
    }
    expect(moves.filter(({ from }) => !reached.has(from))).toEqual([]);
  }
});
