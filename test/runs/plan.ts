/**
 * Which folders' tests share a process of the test runner: what they import is loaded once, and what stands for one stands for the next. They start in the
 * order of their names: the longest first, so that none runs on alone at the end, and those that mostly wait beside those that mostly work.
 */
export const runs = {
  '01-processes': [
    ...['test/data-folder', 'test/stop', 'test/serve', 'test/two-commands', 'test/agents', 'test/publish'],
    ...['test/adapters', 'test/canary', 'test/evidence', 'test/faults'],
  ],
  '02-gateway': ['src/gateway', 'test/fronts', 'test/quota', 'test/seeds'],
  '03-api-particulier': [
    'test/api-particulier',
    'test/sandbox-cases',
    'test/sandbox-import',
    'test/parity',
    'test/personas',
  ],
  '04-storage': ['src/storage', 'src/metering'],
  '05-browser': ['test/browser-sign-in', 'test/pages'],
  '06-people': ['test/sign-in'],
  '07-at-once': ['test/at-once'],
  '08-documents': ['test/docs', 'test/documentation', 'scripts', 'bench'],
  '09-authorization': ['src/authorization', 'test/tokens'],
  '10-access-and-catalog': ['src/access', 'src/catalog'],
  '11-contract': ['src/base', 'src/contract', 'test/house'],
  '12-sandbox': ['src/sandbox'],
  '13-pages': ['src/portal', 'src/theme', 'src/cli', 'src/control'],
} as const satisfies Readonly<Record<string, readonly string[]>>
