import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import sql, { empty } from 'sql-template-tag';
import { Database, type Pools } from '../../shared/database/database';
import { prepareSchema } from '../../shared/database/prepare';
import { Explained } from '../../shared/failure';
import type { Caller } from '../../shared/rights/caller';
import { scopesOf, type Grant, type Scope } from '../../shared/rights/rights';
import { root } from '../../shared/root';
import { auditEntry } from '../../shared/audit/audit';

// Who the partners are and by what they are recognised: the schema `access`, which the gateway and the operator's commands use.

/** A partner with its roles, by what it was recognised. */
export interface Partner {
  id: string;
  name: string;
  organisation: string | null;
  grants: Grant[];
}

export interface KeyRecord {
  prefix: string;
  hash: Buffer;
  /** Scopes that it was made for; null for all of its roles. */
  scopes: Scope[] | null;
  expiresAt: Date | null;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
  partner: Partner;
}

/** A request that the operator can mend. */
export class AccessError extends Explained {}

/** A key is `hub_<prefix>_<secret>`: scanners of repositories find it by its beginning, people tell it by its prefix. */
const KEY = /^hub_([a-z0-9]{8})_([A-Za-z0-9_-]{43})$/;

export const readKey = (text: string): { prefix: string; hash: Buffer } | null => {
  const found = KEY.exec(text);
  return found ? { prefix: found[1]!, hash: hashOf(found[2]!) } : null;
};

/** A login as the audit names it, which is kept for ever: a subject is often an e-mail address. */
export const loginName = (issuer: string, subject: string): string => `login ${createHash('sha256').update(`${issuer} ${subject}`).digest('hex').slice(0, 12)}`;

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

const partnerColumns = sql`
  p.id as "partnerId", p.name, p.organisation_id as organisation,
  (select coalesce(jsonb_agg(jsonb_build_object('role', r.role, 'about', r.about)), '[]') from partner_role r where r.partner_id = p.id) as grants`;
type PartnerRow = Omit<Partner, 'id'> & { partnerId: string };
const partnerOf = ({ partnerId, name, organisation, grants }: PartnerRow): Partner => ({ id: partnerId, name, organisation, grants });

export class AccessStore {
  private constructor(private readonly db: Database) {}

  static async open(databaseUrl: string): Promise<AccessStore> {
    await prepareSchema(databaseUrl, 'access', join(root, 'gateway/access/migrations'));
    return new AccessStore(await Database.open(databaseUrl, 'access', []));
  }

  close(): Promise<void> {
    return this.db.close();
  }

  get pools(): Pools {
    return this.db.pools;
  }

  check(signal: AbortSignal): Promise<unknown> {
    return this.db.check(signal);
  }

  async findKey(prefix: string): Promise<KeyRecord | null> {
    const [row] = await this.db.rows<Omit<KeyRecord, 'partner'> & PartnerRow>(sql`
      select k.prefix, k.hash, k.scopes, k.expires_at as "expiresAt", k.revoked_at as "revokedAt", k.last_used_at as "lastUsedAt", ${partnerColumns}
      from api_key k join partner p on p.id = k.partner_id where k.prefix = ${prefix}`);
    return row ? { ...row, partner: partnerOf(row) } : null;
  }

  async findLogin(issuer: string, subject: string): Promise<Partner | null> {
    const [row] = await this.db.rows<PartnerRow>(sql`
      select ${partnerColumns} from login l join partner p on p.id = l.partner_id where (l.issuer, l.subject) = (${issuer}, ${subject})`);
    return row ? partnerOf(row) : null;
  }

  async keyUsed(prefix: string): Promise<void> {
    await this.db.rows(sql`update api_key set last_used_at = now() where prefix = ${prefix}`);
  }

  partners(): Promise<(Partner & { createdAt: Date })[]> {
    return this.db.rows<PartnerRow & { createdAt: Date }>(sql`select ${partnerColumns}, p.created_at as "createdAt" from partner p order by p.id`).then((rows) => rows.map((row) => ({ ...partnerOf(row), createdAt: row.createdAt })));
  }

  async addPartner(id: string, name: string, organisation: string | null): Promise<void> {
    if (!/^[a-z0-9][a-z0-9-]{1,60}$/.test(id)) throw new AccessError(`A partner's id is 2 to 61 letters a-z, digits and hyphens; read ${JSON.stringify(id)}.`);
    const [added] = await this.db.rows(sql`insert into partner (id, name, organisation_id) values (${id}, ${name}, ${organisation}) on conflict do nothing returning id`);
    if (!added) throw new AccessError(`There is a partner "${id}" already.`);
    await this.note('add partner', [id]);
  }

  async grant(partner: string, { role, about }: Grant): Promise<void> {
    await this.requirePartner(partner);
    await this.db.rows(sql`insert into partner_role (partner_id, role, about) values (${partner}, ${role}, ${about}) on conflict do nothing`);
    await this.note(`grant ${role}`, [partner, ...(about === null ? [] : [about])]);
  }

  async revokeGrant(partner: string, { role, about }: Grant): Promise<void> {
    const [gone] = await this.db.rows(sql`delete from partner_role where partner_id = ${partner} and role = ${role} and about is not distinct from ${about} returning role`);
    if (!gone) throw new AccessError(`The partner "${partner}" has no such role.`);
    await this.note(`take away ${role}`, [partner, ...(about === null ? [] : [about])]);
  }

  async addLogin(partner: string, issuer: string, subject: string): Promise<void> {
    await this.requirePartner(partner);
    const [added] = await this.db.rows(sql`insert into login (issuer, subject, partner_id) values (${issuer}, ${subject}, ${partner}) on conflict do nothing returning subject`);
    if (!added) throw new AccessError(`The subject "${subject}" acts as a partner already. End that first: npm run hub -- partner logout "${subject}"`);
    await this.note('add login', [partner, loginName(issuer, subject)]);
  }

  async removeLogin(issuer: string, subject: string): Promise<void> {
    const [gone] = await this.db.rows<{ partner: string }>(sql`delete from login where (issuer, subject) = (${issuer}, ${subject}) returning partner_id as partner`);
    if (!gone) throw new AccessError(`The subject "${subject}" acts as no partner.`);
    await this.note('remove login', [gone.partner, loginName(issuer, subject)]);
  }

  /** Ends a partner with its roles, keys and logins; what it did stays in histories and audit. */
  async removePartner(id: string): Promise<void> {
    await this.requirePartner(id);
    await this.db.rows(sql`delete from partner where id = ${id}`);
    await this.note('remove partner', [id]);
  }

  /**
   * Makes a key. Its secret part is kept as a hash only: what is returned here cannot be shown again.
   * @param only scopes that it is made for; null for all that the partner's roles have, now and later
   * @param also scopes beside these that are given by name alone; the key then has what the roles have now
   */
  async createKey(partner: string, only: readonly string[] | null, expiresAt: Date | null, also: readonly string[] = []): Promise<{ key: string; prefix: string; scopes: Scope[] }> {
    const { grants } = await this.requirePartner(partner);
    const scopes = also.length > 0 ? [...(only ?? scopesOf(grants, null)), ...also] : only;
    const may = scopesOf(grants, scopes);
    const foreign = scopes?.filter((scope) => !may.includes(scope as Scope)) ?? [];
    if (foreign.length > 0) throw new AccessError(`The roles of "${partner}" do not have ${foreign.join(', ')}. Give it the role first, or choose among ${scopesOf(grants, null).join(', ') || 'nothing: it has no role yet'}.`);
    if (expiresAt && expiresAt <= new Date()) throw new AccessError(`The key would be expired already: expected a day to come, read ${expiresAt.toISOString().slice(0, 10)}.`);
    const { key, prefix, hash } = newKey();
    await this.db.rows(sql`insert into api_key (prefix, partner_id, hash, scopes, expires_at) values (${prefix}, ${partner}, ${hash}, ${scopes}, ${expiresAt})`);
    await this.note('create key', [partner, prefix]);
    return { key, prefix, scopes: may };
  }

  /** Makes a key in place of another, which stays good for a while. */
  async rotateKey(prefix: string, overlapSeconds: number): Promise<{ key: string; prefix: string; oldUntil: Date }> {
    const old = await this.requireKey(prefix);
    if (old.revokedAt || (old.expiresAt && old.expiresAt <= new Date())) throw new AccessError(`The key ${prefix} is ${old.revokedAt ? 'revoked' : 'expired'}: one in its place would be good again. Make a new one: npm run hub -- key create ${old.partner.id}`);
    const made = newKey();
    const [done] = await this.db.rows<{ until: Date }>(sql`
      with made as (
        insert into api_key (prefix, partner_id, hash, scopes, expires_at)
        select ${made.prefix}, partner_id, ${made.hash}, scopes, expires_at from api_key where prefix = ${prefix} and revoked_at is null
        returning prefix
      )
      update api_key set replaced_by = made.prefix, expires_at = least(expires_at, now() + ${overlapSeconds} * interval '1 second')
      from made where api_key.prefix = ${prefix} returning expires_at as until`);
    if (!done) throw new AccessError(`The key ${prefix} has just been revoked.`);
    await this.note('rotate key', [old.partner.id, prefix, made.prefix]);
    return { key: made.key, prefix: made.prefix, oldUntil: done.until };
  }

  async revokeKey(prefix: string): Promise<void> {
    const { partner } = await this.requireKey(prefix);
    await this.db.rows(sql`update api_key set revoked_at = now() where prefix = ${prefix}`);
    await this.note('revoke key', [partner.id, prefix]);
  }

  keys(partner: string | null): Promise<object[]> {
    return this.db.rows<object>(sql`
      select prefix, partner_id as partner, scopes, created_at as created, expires_at as expires, revoked_at as revoked, last_used_at as "last used", replaced_by as "replaced by"
      from api_key ${partner === null ? empty : sql`where partner_id = ${partner}`} order by partner_id, created_at`);
  }

  /** Notes what the operator did, or what the gateway refused. */
  async note(action: string, subjects: string[], by: Pick<Caller, 'partner' | 'via'> = { partner: null, via: 'operator' }, result = ['OK']): Promise<void> {
    await this.db.rows(auditEntry(by, { action, subjects, result }));
  }

  private async requirePartner(id: string): Promise<Partner> {
    const [row] = await this.db.rows<PartnerRow>(sql`select ${partnerColumns} from partner p where p.id = ${id}`);
    if (!row) throw new AccessError(`There is no partner "${id}". Add it first: npm run hub -- partner add ${id} --name "…"`);
    return partnerOf(row);
  }

  private async requireKey(prefix: string): Promise<KeyRecord> {
    const found = await this.findKey(prefix);
    if (!found) throw new AccessError(`There is no key with the prefix "${prefix}". Expected one of: npm run hub -- key list`);
    return found;
  }
}

function newKey(): { key: string; prefix: string; hash: Buffer } {
  // An accident of two equal prefixes fails on the primary key.
  const prefix = [...randomBytes(8)].map((byte) => 'abcdefghijklmnopqrstuvwxyz234567'[byte % 32]).join('');
  const secret = randomBytes(32).toString('base64url');
  return { key: `hub_${prefix}_${secret}`, prefix, hash: hashOf(secret) };
}

/** Notes a request whose mutations the gateway refused: one entry a request, whatever it repeats. Without a store nobody is known. */
export const noteIn = (store: AccessStore | null) => async (caller: Caller, mutations: string[]): Promise<void> => {
  await store?.note(mutations.slice(0, 20).join(', '), [], caller, ['FORBIDDEN']);
};
