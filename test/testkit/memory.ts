import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

// Loaded into a process by `--require`: at each SIGUSR2 it collects its young objects, twice, since what outlives the second is old
// from then on, says how many bytes are left, and collects all.

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as (options?: { type: 'minor' }) => void;

const left = () => getHeapSpaceStatistics().filter(({ space_name: name }) => name === 'new_space' || name === 'old_space').reduce((sum, { space_used_size: used }) => sum + used, 0);

process.on('SIGUSR2', () => {
  collect({ type: 'minor' });
  collect({ type: 'minor' });
  const young = left();
  collect();
  console.log(`young ${young} all ${left()} bytes`);
});
