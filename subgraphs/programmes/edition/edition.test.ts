import sql from 'sql-template-tag';
import { useHub } from '../../../test/testkit/hub';

const hub = useHub();

const dates = {
  announced_at: '2025-01-01T00:00:00Z',
  opens_at: '2025-02-01T00:00:00Z',
  closes_at: '2025-03-01T00:00:00Z',
  review_from: '2025-03-10T00:00:00Z',
  results_at: '2025-04-01T00:00:00Z',
  archived_at: '2026-01-01T00:00:00Z',
  cancelled: false,
};

async function stateAt(at: string, changes: object = {}): Promise<string> {
  const edition = JSON.stringify({ ...dates, ...changes });
  const [row] = await hub.hub.running.get('programmes')!.db.rows<{ state: string }>(
    sql`select edition_state(jsonb_populate_record(null::edition, ${edition}::jsonb), ${at}::timestamptz) as state`,
  );
  return row!.state;
}

describe('the state of an edition follows from its dates', () => {
  it.each([
    ['2024-12-31T00:00:00Z', 'ANNOUNCED'],
    ['2025-01-31T23:59:59Z', 'ANNOUNCED'],
    ['2025-02-01T00:00:00Z', 'OPEN'],
    ['2025-02-28T23:59:59Z', 'OPEN'],
    ['2025-03-01T00:00:00Z', 'CLOSED'],
    ['2025-03-10T00:00:00Z', 'UNDER_REVIEW'],
    ['2025-04-01T00:00:00Z', 'RESULTS_PUBLISHED'],
    ['2026-01-01T00:00:00Z', 'ARCHIVED'],
  ])('at %s: %s', async (at, state) => expect(await stateAt(at)).toBe(state));

  it('one that was cancelled is so at any time', async () => {
    expect(await stateAt('2025-02-10T00:00:00Z', { cancelled: true })).toBe('CANCELLED');
  });

  it('one of which only the announcement is known is not open', async () => {
    const only = { opens_at: null, closes_at: null, review_from: null, results_at: null, archived_at: null };
    expect(await stateAt('2030-01-01T00:00:00Z', only)).toBe('ANNOUNCED');
  });

  it('one without any date is permanently open', async () => {
    expect(await stateAt('2030-01-01T00:00:00Z', Object.fromEntries(Object.keys(dates).map((key) => [key, key === 'cancelled' ? false : null])))).toBe('OPEN');
  });

  it('one whose opening is unknown is never said to be open; it closes all the same, and goes from closed to its results without a review', async () => {
    const some = { announced_at: null, opens_at: null, review_from: null };
    expect(await stateAt('2025-02-28T00:00:00Z', some)).toBe('ANNOUNCED');
    expect(await stateAt('2025-02-28T00:00:00Z', { ...some, closes_at: null })).toBe('ANNOUNCED');
    expect(await stateAt('2025-03-20T00:00:00Z', some)).toBe('CLOSED');
    expect(await stateAt('2025-04-01T00:00:00Z', some)).toBe('RESULTS_PUBLISHED');
  });
});
