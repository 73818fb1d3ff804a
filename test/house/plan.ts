/** The floors of the house, lowest first; rooms of one floor stand beside each other. */
export const floors: readonly (readonly string[])[] = [
  ['base'],
  ['contract', 'theme'],
  ['storage', 'gateway', 'sandbox'],
  ['mail'],
  ['directory'],
  ['catalog'],
  ['access'],
  ['metering'],
  ['authorization'],
  ['portal', 'control'],
  ['cli'],
]

/** Tighter than their floor: what these rooms may import at all. */
export const onlyDoors: Readonly<Record<string, readonly string[]>> = {
  gateway: ['base', 'contract'],
  sandbox: ['base', 'contract'],
}

/** Doors that a room may not use although they lie below: a page keeps nothing. Control orders backups of the store, without SQL. */
export const closedDoors: Readonly<Record<string, readonly string[]>> = { portal: ['storage'] }

/** The packages that a room may use. SQL is for the rooms that keep something; HTTP frameworks are not for the data plane. */
export const packagesOf: Readonly<Record<string, readonly string[]>> = {
  base: ['zod'],
  contract: ['@seriousme/openapi-schema-validator', 'ajv', 'ajv-formats', 're2js', 'yaml', 'zod'],
  theme: ['hono'],
  storage: ['kysely', 'pg', 'zod'],
  gateway: ['yaml'],
  sandbox: ['ajv', 'ajv-formats', 'yaml', 'zod'],
  mail: [],
  directory: ['kysely', 'zod'],
  catalog: ['kysely', 'zod'],
  access: ['kysely', 'zod'],
  metering: ['@redis/client', 'kysely', 'zod'],
  authorization: ['hono', 'jose', 'kysely', 'oidc-provider', 'openid-client', 'zod'],
  portal: ['hono'],
  control: ['hono', 'zod'],
  cli: ['@hono/node-server', 'commander', 'hono', 'picocolors', 'yaml', 'zod'],
}

/** Parts of Node that only these rooms touch. */
export const nodePartsOf: Readonly<Record<string, readonly string[]>> = {
  'node:sqlite': ['storage'],
  'node:process': [],
  'node:module': ['cli'],
}

/** Lines of a file at most; decision 1 says where the figures come from. */
export const linesMax = { code: 320, test: 720 }

/** Files that are one table. */
export const tables: readonly string[] = ['src/contract/refusals.ts']
