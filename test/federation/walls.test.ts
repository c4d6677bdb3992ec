import { subgraphNames } from '../../shared/config';
import { useHub } from '../testkit/hub';

const hub = useHub();

it('a subgraph\'s database role reads its own schema and no other', async () => {
  for (const reader of subgraphNames) {
    const { dataSource } = hub.hub.running.get(reader)!.db;
    for (const owner of subgraphNames) {
      const read = dataSource.query(`select count(*) from ${owner}.seed_run`);
      if (owner === reader) await expect(read).resolves.toHaveLength(1);
      else await expect(read).rejects.toThrow(/permission denied for schema/);
    }
  }
});
