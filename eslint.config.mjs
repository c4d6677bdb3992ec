import js from '@eslint/js';
import { readdirSync } from 'node:fs';
import tseslint from 'typescript-eslint';

const subgraphs = readdirSync('subgraphs', { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);

/** A wall: files that may not import from some places. */
const wall = (files, ignores, patterns) => ({ files, ignores, rules: { 'no-restricted-imports': ['error', { patterns }] } });

const gateway = { regex: '/gateway(/|$)', message: 'A subgraph does not know the gateway.' };
const tests = { regex: '/test(/|$)', message: 'What runs does not know its tests.' };

export default tseslint.config(
  { ignores: ['dist/', 'coverage/', 'node_modules/', '.hub/'] },
  js.configs.recommended,
  tseslint.configs.strict,
  {
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', destructuredArrayIgnorePattern: '^_' }],
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-unsafe-function-type': 'off',
      'max-lines': ['error', { max: 300, skipBlankLines: true }],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  // The walls of the architecture; test/federation/walls.test.ts tries them.
  ...subgraphs.map((name) =>
    wall([`subgraphs/${name}/**/*.ts`], ['**/*.test.ts'], [
      gateway,
      tests,
      {
        regex: `^(\\.\\./)+(subgraphs/)?(all|${subgraphs.filter((other) => other !== name).join('|')})(/|$)`,
        message: 'A subgraph imports shared/ and its own folder, never another subgraph.',
      },
    ]),
  ),
  wall(['gateway/**/*.ts'], ['gateway/{hub,cli}.ts', '**/*.test.ts'], [{ regex: '/subgraphs/', message: 'The gateway knows subgraphs through the supergraph; only hub.ts runs them, and cli.ts asks them for persons.' }, tests]),
  wall(['gateway/{hub,cli}.ts'], [], [{ regex: '/subgraphs/(?!all$)', message: 'They know what subgraphs/all.ts lists.' }, tests]),
  wall(['shared/**/*.ts'], ['**/*.test.ts'], [{ regex: '/(gateway|subgraphs)(/|$)', message: 'shared/ serves the others and knows none of them.' }, tests]),
  {
    files: ['gateway/**/*.ts', 'shared/**/*.ts', 'subgraphs/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-syntax': ['error', { selector: 'ImportExpression', message: 'Import at the top of the file, where the walls are checked.' }] },
  },
  {
    files: ['**/*.ts'],
    ignores: ['shared/config.ts', 'test/**'],
    rules: {
      'no-restricted-properties': ['error', { object: 'process', property: 'env', message: 'The environment is read in shared/config.ts alone.' }],
    },
  },
  { files: ['**/*.test.ts', 'test/**/*.ts'], rules: { '@typescript-eslint/no-explicit-any': 'off' } },
  { files: ['jest.config.js'], languageOptions: { globals: { module: 'writable' } }, rules: { 'no-undef': 'off' } },
  { files: ['gateway/explorer/start.js'], languageOptions: { globals: { fetch: 'readonly' } } },
);
