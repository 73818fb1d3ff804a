import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { KyselyPlugin } from 'kysely'
import { isProblem, randomIdentifiers } from '#base'
import type { Store } from '#storage'
import { finishedExchange } from '../exchange.fixture.js'
import { onRealStores, type RealStore } from '../real-stores.fixture.js'
import { createEvidence } from './evidence.js'

onRealStores(process.env.DATABASE_URL, (kind, open) => {
  describe(`evidence in ${kind}`, () => {
    let real: RealStore
    before(async () => {
      real = await open()
    })
    after(() => real.remove())
    const evidenceOf = (more: { waitingMax?: number; store?: Store } = {}) =>
      createEvidence({ store: real.store, identifiers: randomIdentifiers, ...more })
    const rows = () => real.store.db.selectFrom('evidence').selectAll().execute()

    it('is there when the promise resolves: who, when, which API and operation, with what result', async () => {
      const about = { tokenName: 'jti-1', habilitationId: 'hab_1', person: 'hash', recipient: '13002526500013' }
      const fields = ['data.nom', 'data.enfants[].nom']
      await evidenceOf().record(
        finishedExchange({ requestId: 'req_one', status: 403, refusal: 'access/scope', ...about, fields }),
      )
      const row = (await rows()).find((each) => each.request_id === 'req_one')
      assert.ok(row)
      const { id, token_mark, ...rest } = row
      assert.match(id, /^evi_/)
      assert.match(token_mark ?? '', /^[\w-]{12}$/)
      assert.deepEqual(
        { ...rest },
        {
          at: 1_790_000_000_123,
          request_id: 'req_one',
          application_id: 'cli_1',
          token_id: 'jti-1',
          habilitation_id: 'hab_1',
          person: 'hash',
          recipient: '13002526500013',
          fields: '["data.nom","data.enfants[].nom"]',
          api_id: 'demo/annuaire/1',
          operation_id: 'chercher',
          environment: 'production',
          method: 'GET',
          status: 403,
          refusal: 'access/scope',
          previous_hash: null,
          hash: null,
        },
      )
    })

    it('keeps each of 500 calls at once, in few statements, each a commit', async () => {
      let statements = 0
      const counting: KyselyPlugin = {
        transformQuery({ node }) {
          statements += 1
          return node
        },
        transformResult: async ({ result }) => result,
      }
      const evidence = evidenceOf({ store: { ...real.store, db: real.store.db.withPlugin(counting) } })
      const before = (await rows()).length
      await Promise.all(
        Array.from({ length: 500 }, (_, index) => evidence.record(finishedExchange({ requestId: `r${index}` }))),
      )
      assert.equal((await rows()).length, before + 500)
      assert.ok(statements <= 5, `${statements} statements`)
    })

    it('rejects when the row cannot be kept, and works again afterwards', async () => {
      const evidence = evidenceOf()
      await real.store.db.schema.alterTable('evidence').renameTo('evidence_away').execute()
      await assert.rejects(evidence.record(finishedExchange()))
      await real.store.db.schema.alterTable('evidence_away').renameTo('evidence').execute()
      await evidence.record(finishedExchange({ requestId: 'req_after' }))
      assert.ok((await rows()).some((row) => row.request_id === 'req_after'))
    })

    it('refuses when too many calls wait', async () => {
      const evidence = evidenceOf({ waitingMax: 2 })
      const [, , third] = await Promise.allSettled([1, 2, 3].map(() => evidence.record(finishedExchange())))
      assert.ok(third?.status === 'rejected' && isProblem(third.reason) && third.reason.status === 503)
      await evidence.close()
    })
  })
})
