/** Tests run on the real embedded PostgreSQL: one server and one seeded database for the whole run. */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/gateway', '<rootDir>/subgraphs', '<rootDir>/shared', '<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: {
    '^.+\\.[tj]s$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          keepClassNames: true,
        },
        module: { type: 'commonjs' },
        sourceMaps: 'inline',
      },
    ],
  },
  // Published as ES modules only; jest cannot require these as Node does.
  transformIgnorePatterns: ['/node_modules/(?!(sql-template-tag|jose)/)'],
  setupFiles: ['reflect-metadata'],
  globalSetup: '<rootDir>/test/testkit/startDatabase.ts',
  globalTeardown: '<rootDir>/test/testkit/stopDatabase.ts',
  maxWorkers: 2,
  // A worker keeps what each file has loaded: one that has grown is replaced, before it is slow.
  workerIdleMemoryLimit: '600MB',
  testTimeout: 60_000,
  // The derived rules, every line and branch of them. (`npm test` measures, a single file's run does not.)
  coverageProvider: 'v8',
  collectCoverageFrom: [
    'subgraphs/territories/statement/{contradiction,progress}.ts',
    'subgraphs/startups/{activity/code,identity/{readRegisterNumber,registerNumber,euid,handelsregister,lei,rcs,sirene,vat}}.ts',
    'subgraphs/programmes/eligibility/rule.ts',
    'subgraphs/jobs/{occupation/mapping,salary/yearlyGross}.ts',
  ],
  coverageThreshold: { global: { lines: 100, branches: 100 } },
  coverageReporters: ['text'],
};
