import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, environmentVariables, readConfig } from './config';
import { root } from './root';

it('takes an empty variable for an absent one', () => {
  expect(readConfig({ PORT: '', DATABASE_URL: '' })).toMatchObject({ port: 4000, databaseUrl: undefined });
});

it('tells all wrong variables at once, each with what was read and what was expected, and no password', () => {
  const read = () => readConfig({ PORT: '70000', HUB_DEMO_OFFERS: 'many', DATABASE_URL: 'mysql://hub:secret@host/db', JOBS_URL: 'jobs:4004' });
  expect(read).toThrow(ConfigError);
  expect(read).toThrow(/PORT: read "70000", expected a port, 0 to 65535/);
  expect(read).toThrow(/HUB_DEMO_OFFERS: read "many", expected a number of offers, 0 to 2000000/);
  expect(read).toThrow(/DATABASE_URL: read \(not shown\), expected a postgres:\/\/ or postgresql:\/\/ URL/);
  expect(read).toThrow(/JOBS_URL: read "jobs:4004", expected an http:\/\/ or https:\/\/ URL/);
  expect(read).not.toThrow(/secret/);
});

it.each(['.env.example', 'README.md'])('knows the same variables as %s', (file) => {
  const text = readFileSync(join(root, file), 'utf8');
  const named = file === 'README.md' ? text.matchAll(/^\| `([A-Z_]+)` \|/gm) : text.matchAll(/^([A-Z_]+)=/gm);
  expect([...named].map(([, name]) => name)).toEqual(environmentVariables);
});

it('has the defaults that .env.example shows', () => {
  const shown = Object.fromEntries([...readFileSync(join(root, '.env.example'), 'utf8').matchAll(/^([A-Z_]+)=(.*)$/gm)].map(([, name, value]) => [name, value]));
  expect(readConfig(shown)).toEqual(readConfig({}));
});

it('has Apollo’s gateway send nothing to Apollo', () => {
  // eslint-disable-next-line no-restricted-properties -- others read it there
  expect(process.env.APOLLO_TELEMETRY_DISABLED).toBe('true');
});
