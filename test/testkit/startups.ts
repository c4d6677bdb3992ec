import type { TestHub } from './hub';

/** The fields of a startup that tests of writes look at. */
export const RECORD = 'id name aliases status headcount website foundedOn stage version territory { id } registerIds { scheme value } activities { code } mergedInto { id } provenance { recordId confidence source { id } }';
const PAYLOAD = `{ startup { ${RECORD} } userErrors { code path message } }`;

export interface Payload {
  startup: any;
  userErrors: { code: string; path: string[]; message: string }[];
}

let count = 0;

/** The mutations of startups, asked of a hub; each answers with its payload. */
export function startupWrites(hub: TestHub) {
  const ask = async (mutation: string, type: string, variables: object, key: string): Promise<Payload> =>
    Object.values(await hub.data(`mutation(${type}) { ${mutation} ${PAYLOAD} }`, { variables, key }))[0] as Payload;
  return {
    register: (key: string, input: object) => ask('registerStartup(input: $input)', '$input: RegisterStartupInput!', { input: registration(input) }, key),
    update: (key: string, input: object) => ask('updateStartup(input: $input)', '$input: UpdateStartupInput!', { input }, key),
    move: (key: string, args: { id: string; to: string; version: number; reason?: string; idempotencyKey?: string }) =>
      ask(
        'moveStartup(id: $id, to: $to, version: $version, reason: $reason, idempotencyKey: $idempotencyKey)',
        '$id: ID!, $to: SupportStage!, $version: Int!, $reason: String, $idempotencyKey: String',
        args,
        key,
      ),
    resolve: (key: string, args: { id: string; same: boolean; idempotencyKey?: string }) =>
      ask('resolveDuplicate(id: $id, same: $same, idempotencyKey: $idempotencyKey)', '$id: ID!, $same: Boolean!, $idempotencyKey: String', args, key),
    read: async (id: string, fields = RECORD, key?: string) => (await hub.data(`query($id: ID!) { startup(id: $id) { ${fields} } }`, { variables: { id }, key })).startup,
    rows: <Row = any>(statement: string, values: unknown[] = []): Promise<Row[]> => hub.hub.running.get('startups')!.db.dataSource.query(statement, values),
  };
}

/** A registration of a startup like no other, in Metz, unless said otherwise. */
export function registration(input: object = {}) {
  count++;
  return { name: `Essai ${String.fromCharCode(65 + (count % 26))}${count}`, registerIds: [], territory: 'fr-commune-57463', source: 'ilab', recordId: `test-${count}`, idempotencyKey: `key-${count}`, ...input };
}

/** Codes and paths of user errors. */
export const refusals = ({ userErrors }: Pick<Payload, 'userErrors'>): string[] => userErrors.map(({ code, path }) => `${code} ${path.join('.')}`);
