import { randomBytes } from 'node:crypto'
import type { KyselyPlugin } from 'kysely'
import { randomIdentifiers, silentLog } from '#base'
import { createMetering, createPersonHash } from '#metering'
import { createStore, createVault } from '#storage'
import { serveLoneGateway } from './lone-gateway.js'
import { projectorSchema, projectorScopes } from './projector-body.js'

// One gateway with two APIs that differ in their evidence only: node dist/bench/evidence-server.js <port> <upstream> <folder> [<database>]
const [, , port = '0', upstream = '', folder = '', databaseUrl] = process.argv
const store = await createStore({ folder, now: Date.now, ...(databaseUrl !== undefined && { databaseUrl }) })
let groups = 0
let rows = 0
const counting: KyselyPlugin = {
  transformQuery({ node }) {
    if (node.kind === 'InsertQueryNode' && node.into?.table.identifier.name === 'evidence') {
      groups += 1
      if (node.values?.kind === 'ValuesNode' && 'values' in node.values && Array.isArray(node.values.values))
        rows += node.values.values.length
    }
    return node
  },
  transformResult: async ({ result }) => result,
}
const metering = await createMetering({
  store: { ...store, db: store.db.withPlugin(counting), transaction: (work) => store.transaction(work) },
  clock: Date.now,
  node: 'bench',
  log: silentLog,
  identifiers: randomIdentifiers,
})
const vault = createVault(randomBytes(32))
const hashPerson = await createPersonHash({ store, vault, identifiers: randomIdentifiers, clock: Date.now })
await serveLoneGateway({
  port: Number(port),
  upstream,
  scopes: projectorScopes,
  apis: ['plain', 'evidence'].map((code) => ({
    code,
    schema: projectorSchema(true),
    parameters: [{ name: 'ine', in: 'query', required: true, schema: { type: 'string' }, 'x-identity': 'ine' }],
    settings: { access: { personal_data: code === 'evidence' } },
  })),
  more: { record: metering.record, keepEvidence: metering.keepEvidence, hashPerson },
  elsewhere: () => JSON.stringify({ groups, rows }),
})
