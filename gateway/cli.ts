import { Command, InvalidArgumentError } from 'commander';
import { readConfig } from '../shared/config';
import { joinEmbeddedPostgres } from '../shared/database/embeddedPostgres';
import { Database } from '../shared/database/database';
import { explainFailure } from '../shared/failure';
import { erasePersons, exportPersons, type WhichPerson } from '../shared/persons/persons';
import { roleNames, roles, scopes, type Grant, type Role, type RoleDefinition } from '../shared/rights/rights';
import { subgraphs } from '../subgraphs/all';
import { AccessError, AccessStore } from './access/store';
import { readAudit } from './access/audit';

// The operator's commands: `npm run hub -- …`. They work on the hub's database, whether the hub runs or not.

const print = (line: string) => console.log(line);

/** Opens the hub's database for a command, and closes it after. */
async function withDatabase(work: (url: string) => Promise<void>): Promise<void> {
  const { databaseUrl, dataFolder } = readConfig();
  const server = databaseUrl ? { url: databaseUrl, stop: () => Promise.resolve() } : await joinEmbeddedPostgres({ folder: dataFolder, note: (line) => console.error(line) });
  try {
    await work(server.url);
  } finally {
    await server.stop();
  }
}

const withAccess = (work: (access: AccessStore, url: string) => Promise<void>) =>
  withDatabase(async (url) => {
    const access = await AccessStore.open(url);
    await work(access, url).finally(() => access.close());
  });

async function withSubgraph<Value>(url: string, name: string, work: (db: Database) => Promise<Value>): Promise<Value> {
  const db = await Database.open(url, name, []);
  return work(db).finally(() => db.close());
}

/** Reads `RELAY:<id>` or `ADMIN`. */
function grantOf(text: string): Grant {
  const [role, ...rest] = text.split(':') as [Role, ...string[]];
  if (!roleNames.includes(role)) throw new InvalidArgumentError(`Expected one of ${roleNames.join(', ')}.`);
  const about = rest.join(':') || null;
  const kind = roles[role].about;
  if (kind && !about) throw new InvalidArgumentError(`Expected ${role}:<id of a ${kind}>.`);
  if (!kind && about) throw new InvalidArgumentError(`${role} is about the whole hub: expected it alone.`);
  return { role, about };
}
const grants = (text: string, before: Grant[] = []): Grant[] => [...before, grantOf(text)];

const ownerOf = { startup: 'startups', relay: 'programmes', organisation: 'territories', territory: 'territories' } as const;

const WHERE = {
  startup: '{ startups(filter: {search: "…"}) { nodes { id name } } }',
  relay: '{ programme(id: "…") { relays { id organisation { name } } } }',
  organisation: '{ organisations(search: "…") { id name } }',
  territory: '{ territories(filter: {search: "…"}) { nodes { id name } } }',
};

/** Refuses a role about a record that the hub does not have. */
async function requireAbout(url: string, { role, about }: Grant): Promise<void> {
  const kind = roles[role].about;
  if (!kind) return;
  const found = await withSubgraph(url, ownerOf[kind], (db) => db.dataSource.query(`select id from ${kind} where id = $1`, [about])).catch((error: { code?: string }) => {
    throw error.code === '42P01' ? new AccessError('The database has no records yet: start the hub once before.') : error;
  });
  if ((found as unknown[]).length === 0) throw new AccessError(`There is no ${kind} with the id "${about}". Ask the hub: ${WHERE[kind]}`);
}

function day(text: string): Date {
  const date = /^\d{4}-\d\d-\d\d$/.test(text) ? new Date(`${text}T00:00:00Z`) : new Date(NaN);
  if (!date.toJSON()?.startsWith(text)) throw new InvalidArgumentError('Expected a day such as 2027-12-31.');
  return date;
}

function hours(text: string): number {
  const read = Number(text);
  if (text.trim() === '' || !(read >= 0 && read <= 24 * 90)) throw new InvalidArgumentError('Expected hours, 0 to 2160.');
  return read;
}

function count(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('Expected a number.');
  return Number(text);
}

const list = (text: string): string[] => {
  const read = text.split(',').map((one) => one.trim());
  const wrong = read.find((one) => !Object.hasOwn(scopes, one));
  if (wrong !== undefined) throw new InvalidArgumentError(`There is no scope "${wrong}". See: npm run hub -- roles`);
  return read;
};

const program = new Command('hub').description('What the operator of the hub does: partners, keys, persons, audit.').helpCommand(false).showHelpAfterError();

program.command('roles').description('shows roles and their scopes').action(() => {
  for (const role of roleNames) {
    const { about, scopes: has, byNameOnly = [] } = roles[role] as RoleDefinition;
    print(`${role}${about ? `:<${about}>` : ''}`);
    for (const scope of has) print(`  ${scope.padEnd(22)}${scopes[scope]}${byNameOnly.includes(scope) ? ' (by name only: key create --also)' : ''}`);
  }
});

const partner = program.command('partner').description('partner organisations and what they may do');
partner
  .command('add <id>')
  .description('adds a partner; its id is 2 to 61 letters a-z, digits and hyphens')
  .requiredOption('--name <name>', 'as history and audit show it')
  .option('--organisation <id>', 'the organisation of the hub that it is')
  .option('--role <role>', 'ROLE or ROLE:<id>, see "roles"; may be repeated', grants)
  .action((id: string, { name, organisation, role = [] }: { name: string; organisation?: string; role?: Grant[] }) =>
    withAccess(async (access, url) => {
      if (organisation !== undefined) await requireAbout(url, { role: 'PARTNER', about: organisation });
      for (const grant of role) await requireAbout(url, grant);
      await access.addPartner(id, name, organisation ?? null);
      for (const grant of role) await access.grant(id, grant);
      print(`Partner "${id}" added. Its key: npm run hub -- key create ${id}`);
    }),
  );
partner.command('grant <id>').argument('<role>', 'ROLE or ROLE:<id>', grantOf).description('gives a role').action((id: string, grant: Grant) =>
  withAccess(async (access, url) => {
    await requireAbout(url, grant);
    await access.grant(id, grant);
    print(`"${id}" has the role ${grant.role} from now on.`);
  }),
);
partner.command('revoke <id>').argument('<role>', 'ROLE or ROLE:<id>', grantOf).description('takes a role away').action((id: string, grant: Grant) =>
  withAccess(async (access) => {
    await access.revokeGrant(id, grant);
    print(`"${id}" no longer has the role ${grant.role}, in every process within seconds.`);
  }),
);
partner
  .command('login <id> <subject>')
  .description('lets a subject of the OpenID provider act as the partner')
  .action((id: string, subject: string) =>
    withAccess(async (access) => {
      const { openId } = readConfig();
      if (!openId) throw new AccessError('OIDC_ISSUER, OIDC_AUDIENCE and OIDC_JWKS_URL are not set: the hub takes no tokens.');
      await access.addLogin(id, openId.issuer, subject);
      print(`${subject} of ${openId.issuer} acts as "${id}" from now on.`);
    }),
  );
partner.command('logout <subject>').description('ends that a subject of the OpenID provider acts as a partner').action((subject: string) =>
  withAccess(async (access) => {
    await access.removeLogin(readConfig().openId?.issuer ?? '', subject);
    print(`${subject} acts as no partner any more, in every process within seconds.`);
  }),
);
partner.command('remove <id>').description('ends a partner with its roles, keys and logins').action((id: string) =>
  withAccess(async (access) => {
    await access.removePartner(id);
    print(`The partner "${id}" is gone; what it did stays in histories and audit.`);
  }),
);
partner.command('list').description('shows all partners').action(() => withAccess(async (access) => console.table((await access.partners()).map(({ grants: has, ...one }) => ({ ...one, roles: has.map(({ role, about }) => (about ? `${role}:${about}` : role)).join(' ') })))));

const key = program.command('key').description('API keys');
key
  .command('create <partner>')
  .description('makes a key and shows it once')
  .option('--scopes <scopes>', 'only these, separated by commas; default all of its roles, but for applications:jury', list)
  .option('--also <scopes>', 'beside the default those that are given by name alone: applications:jury', list)
  .option('--expires <day>', 'first day on which it is no longer good', day)
  .action((id: string, { scopes: only, also, expires }: { scopes?: string[]; also?: string[]; expires?: Date }) =>
    withAccess(async (access) => {
      const made = await access.createKey(id, only ?? null, expires ?? null, also);
      print(`${made.key}\n\nShown this once; the hub keeps a hash. Send it as "Authorization: Bearer <key>".\nScopes: ${made.scopes.join(', ') || 'none: the partner has no role yet'}`);
    }),
  );
key.command('list [partner]').description('shows keys by their prefix').action((id?: string) => withAccess(async (access) => console.table(await access.keys(id ?? null))));
key
  .command('rotate <prefix>')
  .description('makes a key in place of another, which stays good for a while')
  .option('--overlap <hours>', 'how long the old one stays good', hours, 24)
  .action((prefix: string, { overlap }: { overlap: number }) =>
    withAccess(async (access) => {
      const made = await access.rotateKey(prefix, overlap * 3600);
      print(`${made.key}\n\nShown this once. The old key is good until ${made.oldUntil.toISOString()}.`);
    }),
  );
key.command('revoke <prefix>').description('ends a key, in every process within seconds').action((prefix: string) =>
  withAccess(async (access) => {
    await access.revokeKey(prefix);
    print(`The key ${prefix} is no longer good.`);
  }),
);

const person = program.command('person').description('requests of access or erasure by a person, over all subgraphs');
/** Reads `name@example.org` as an address, anything else as a name. */
const whichPerson = (text: string): WhichPerson => (text.includes('@') ? { email: text } : { name: text });
person.command('export').argument('<person>', 'e-mail address, or full name', whichPerson).description('prints all that is kept of the person, as JSON').action((which: WhichPerson) =>
  withDatabase(async (url) => {
    const found: Record<string, unknown> = {};
    for (const { name, persons } of subgraphs) if (persons.length > 0) found[name] = await withSubgraph(url, name, (db) => exportPersons(db, persons, which));
    print(JSON.stringify(found, null, 2));
  }),
);
person.command('erase').argument('<person>', 'e-mail address, or full name', whichPerson).description('erases the person; histories keep what was done, not by whom').action((which: WhichPerson) =>
  withDatabase(async (url) => {
    let gone = 0;
    for (const { name, persons } of subgraphs) if (persons.length > 0) gone += await withSubgraph(url, name, (db) => erasePersons(db, persons, which, 'operator'));
    print(gone > 0 ? `Erased ${gone} record${gone > 1 ? 's' : ''}.` : 'Nothing was kept of such a person.');
  }),
);

program
  .command('audit')
  .description('shows who did what, the latest first, over gateway and subgraphs, as lines of JSON')
  .option('--partner <id>', 'only what this partner did')
  .option('--since <day>', 'only from this day on', day)
  .option('--first <number>', 'how many at most', count, 50)
  .action((search: { partner?: string; since?: Date; first: number }) =>
    withDatabase(async (url) => {
      const entries = [];
      for (const name of ['access', ...subgraphs.map((one) => one.name)]) entries.push(...(await withSubgraph(url, name, (db) => readAudit(db, name, search))));
      for (const entry of entries.sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, search.first)) print(JSON.stringify(entry));
    }),
  );

program.parseAsync().catch(explainFailure);
