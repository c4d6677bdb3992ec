import sql from 'sql-template-tag';
import { programmeOf } from '../../../test/testkit/programmes';
import { useHub } from '../../../test/testkit/hub';

const hub = useHub();
const { rows, make, edition } = programmeOf(hub);

beforeAll(make);

/** Applications with a history: their steps, so many days after one another, the last one lasting as long. */
async function applications(to: string, relay: string, count: number, course: string[], days = 1): Promise<void> {
  await rows(sql`
    with made as (
      insert into application (id, edition_id, startup_id, relay_id, state, created_at)
      select gen_random_uuid()::text, ${to}, gen_random_uuid()::text, ${relay}, ${course.at(-1)}, now() from generate_series(1, ${count}::int) returning id)
    insert into history (subject, id, version, at, to_state, by_name)
    select 'application', made.id, step.n, now() - (${course.length}::int - step.n + 1) * ${days}::int * interval '1 day', step.state, 'test'
    from made cross join unnest(${course}::text[]) with ordinality as step(state, n)`);
}

const toPlan = ['SUBMITTED', 'ELIGIBLE', 'ADMITTED', 'COACHED', 'PLAN_SUBMITTED'];

describe('the public funnel of an edition', () => {
  const funnel = async (id: string) =>
    (await hub.data(`{ edition(id: "${id}") { funnel { state count suppressed medianDaysInState } } }`)).edition.funnel.map(({ state, count, suppressed }: any) => [state, count ?? suppressed]);

  it('counts who reached each step, whatever came after, and hides what tells of one to four', async () => {
    const id = await edition();
    await applications(id, 'test-relay', 7, ['SUBMITTED', 'INELIGIBLE']);
    await applications(id, 'test-relay', 3, [...toPlan.slice(0, 3), 'DROPPED']);
    await applications(id, 'test-relay-2', 6, [...toPlan, 'JURY_SCORED', 'NOT_RETAINED']);
    await applications(id, 'test-relay-2', 3, ['DRAFT']);
    expect(await funnel(id)).toEqual([['SUBMITTED', 16], ['ADMITTED', 9], ['PLAN_SUBMITTED', 'WOULD_REVEAL_ANOTHER'], ['LAUREATE', 0]]);
  });

  it('has nothing where there are drafts alone, and is as published where a source says it', async () => {
    const id = await edition();
    await applications(id, 'test-relay', 9, ['DRAFT']);
    expect(await funnel(id)).toEqual([]);
    expect(await funnel('123go-2006')).toEqual([['SUBMITTED', 246], ['ADMITTED', 93], ['PLAN_SUBMITTED', 48], ['LAUREATE', 11]]);
  });
});

describe('the pipeline of a relay', () => {
  it('counts what stands where and how long it stays, for the relay and who runs the programme', async () => {
    const id = await edition();
    await applications(id, 'test-relay', 2, ['SUBMITTED', 'ELIGIBLE'], 2);
    await applications(id, 'test-relay', 1, ['SUBMITTED', 'ELIGIBLE', 'NOT_RETAINED'], 10);
    await applications(id, 'test-relay', 1, ['DRAFT']);
    await applications(id, 'test-relay-2', 4, ['SUBMITTED']);
    const query = `{ programme(id: "test-programme") { relays { id pipeline(edition: "${id}") { state count suppressed medianDaysInState } } } }`;
    const pipelines = async (key: string) => {
      const { programme } = await hub.data(query, { key });
      return Object.fromEntries(programme.relays.map(({ id: relay, pipeline }: any) => [relay, pipeline && pipeline.map((step: any) => [step.state, step.count, step.medianDaysInState === null ? null : Math.round(step.medianDaysInState)])]));
    };
    const steps = [['SUBMITTED', 0, 2], ['ELIGIBLE', 2, 2], ['NOT_RETAINED', 1, null]];
    expect(await pipelines(await hub.partner([['RELAY', 'test-relay']]))).toEqual({ 'test-relay': [['DRAFT', 1, 1], ...steps], 'test-relay-2': null, 'test-relay-past': null });
    const operator = await hub.partner([['PARTNER', 'test-operator']]);
    expect(await pipelines(operator)).toEqual({ 'test-relay': steps, 'test-relay-2': [['SUBMITTED', 4, 1]], 'test-relay-past': [] });
    expect(await pipelines(await hub.partner([['PARTNER', 'test-former']]))).toEqual({ 'test-relay': null, 'test-relay-2': null, 'test-relay-past': null });
    // Programme, its relays, the edition, and one for all their pipelines.
    expect(await hub.statements(() => hub.data(query, { key: operator }))).toBe(4);
    expect((await hub.ask(query)).errors).not.toHaveLength(0);
  });
});
