/** Which folders' tests share a process of the test runner: what they import is loaded once, and what stands for one stands for the next. */
export const runs = {
  'access-and-catalog': ['src/access', 'src/catalog'],
  'api-particulier': [
    'test/api-particulier',
    'test/sandbox-cases',
    'test/sandbox-import',
    'test/parity',
    'test/personas',
  ],
  'at-once': ['test/at-once'],
  authorization: ['src/authorization', 'test/tokens'],
  browser: ['test/browser-sign-in', 'test/pages'],
  contract: ['src/base', 'src/contract', 'test/house'],
  documents: ['test/docs', 'test/documentation', 'scripts', 'bench'],
  gateway: ['src/gateway', 'test/fronts', 'test/quota', 'test/seeds'],
  people: ['test/sign-in'],
  pages: ['src/portal', 'src/theme', 'src/cli', 'src/control'],
  processes: [
    ...['test/data-folder', 'test/stop', 'test/serve', 'test/two-commands', 'test/agents', 'test/publish'],
    ...['test/adapters', 'test/canary', 'test/evidence', 'test/faults'],
  ],
  sandbox: ['src/sandbox'],
  storage: ['src/storage', 'src/metering'],
} as const satisfies Readonly<Record<string, readonly string[]>>
