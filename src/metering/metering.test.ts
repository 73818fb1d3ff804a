import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { randomIdentifiers, silentLog } from '#base'
import { demoApi, finishedExchange } from './exchange.fixture.js'
import { createMetering } from './metering.js'
import { onRealStores, type RealStore } from './real-stores.fixture.js'

const personalApi = demoApi({ access: { ...demoApi().access, personalData: true } })

onRealStores(process.env.DATABASE_URL, (kind, open) => {
  describe(`metering on ${kind}`, () => {
    let real: RealStore
    before(async () => {
      real = await open()
    })
    after(() => real.remove())

    it('counts, logs and keeps evidence of what the gateway tells, and writes all at close', async () => {
      const written: string[] = []
      const metering = await createMetering({
        store: real.store,
        clock: Date.now,
        node: 'node-1',
        log: silentLog,
        identifiers: randomIdentifiers,
        writeAccessLog: async (lines) => void written.push(lines),
        inFlight: () => 2,
      })
      const rule = { key: 'api', limit: 1, periodSeconds: 60, algorithm: 'bucket' } as const
      const charges = [{ rule, subject: 'api|production|demo/annuaire/1' }]
      assert.equal((await metering.spend(charges, Date.now())).admitted, true)
      assert.equal((await metering.spend(charges, Date.now())).admitted, false)
      metering.record(finishedExchange({ requestId: 'plain' }))
      const personal = finishedExchange({ requestId: 'personal', api: personalApi })
      await metering.keepEvidence(personal)
      metering.record(personal)
      const evidence = await real.store.db.selectFrom('evidence').select('request_id').execute()
      assert.deepEqual(
        evidence.map((row) => row.request_id),
        ['personal'],
      )
      const text = metering.renderMetrics()
      assert.match(text, /^portique_requests_total\{.*status="2xx"\} 2$/m)
      assert.match(text, /^portique_quota_counters 1$/m)
      assert.match(text, /^portique_requests_in_flight 2$/m)
      await metering.close()
      const usage = await real.store.db.selectFrom('usage_minute').select('calls').execute()
      assert.deepEqual(
        usage.map((row) => row.calls),
        [2],
      )
      assert.equal(written.join('').trimEnd().split('\n').length, 2)
    })
  })
})
