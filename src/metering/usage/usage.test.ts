import assert from 'node:assert/strict'
import { appendFileSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, it } from 'node:test'
import { silentLog } from '#base'
import type { Store } from '#storage'
import { demoApi, finishedExchange } from '../exchange.fixture.js'
import { onRealStores, type RealStore } from '../real-stores.fixture.js'
import { createUsage } from './usage.js'
import { usageByApi } from './usage-by-api.js'
import { usageByApplication } from './usage-by-application.js'
import { usageOverTime } from './usage-over-time.js'

const minute = 60_000
const start = 1_790_000_040_000
const always = { from: 0, until: Number.MAX_SAFE_INTEGER }
const api = demoApi().id

onRealStores(process.env.DATABASE_URL, (kind, open) => {
  describe(`usage in ${kind}`, () => {
    let real: RealStore
    let store: Store
    before(async () => {
      real = await open()
      store = real.store
    })
    beforeEach(async () => void (await store.db.deleteFrom('usage_minute').execute()))
    after(() => real.remove())

    const usageOf = (more: { keysMax?: number; batchKeysMax?: number; closeMilliseconds?: number } = {}) =>
      createUsage({ store, node: 'node-1', log: silentLog, flushMilliseconds: 60_000, ...more })
    const rows = () => store.db.selectFrom('usage_minute').selectAll().orderBy('minute').orderBy('status').execute()
    const calls = async () => (await rows()).reduce((sum, row) => sum + row.calls, 0)

    it('adds up calls of the same minute, application, API, environment and status, over several batches', async () => {
      const usage = usageOf()
      usage.record(finishedExchange({ startedAt: start + 1 }))
      usage.record(finishedExchange({ startedAt: start + 59_999, durationMilliseconds: 7.6 }))
      await usage.flush()
      usage.record(finishedExchange({ startedAt: start + 2 }))
      usage.record(finishedExchange({ startedAt: start + 3, status: 429 }))
      usage.record(finishedExchange({ startedAt: start + minute }))
      await usage.close()
      const found = (await rows()).map((row) => [row.minute, row.status, row.calls, row.duration_ms])
      assert.deepEqual(found, [
        [start, 200, 3, 32],
        [start, 429, 1, 12],
        [start + minute, 200, 1, 12],
      ])
      const [row] = await rows()
      assert.deepEqual(
        [row?.platform, row?.application_id, row?.api_id, row?.environment, row?.node, row?.request_bytes],
        ['demo', 'cli_1', api, 'production', 'node-1', 30],
      )
    })

    it('counts calls that proved nothing under empty names', async () => {
      const usage = usageOf()
      usage.record(
        finishedExchange({ api: null, operation: null, environment: null, applicationId: null, status: 404 }),
      )
      await usage.close()
      const [row] = await rows()
      assert.deepEqual([row?.platform, row?.application_id, row?.api_id, row?.environment], ['', '', '', ''])
    })

    it('loses nothing of 5,000 keys at close, in small batches', async () => {
      const usage = usageOf({ batchKeysMax: 90 })
      for (let index = 0; index < 10_000; index += 1) {
        usage.record(finishedExchange({ startedAt: start, applicationId: `cli_${index % 5000}` }))
      }
      assert.equal(usage.backlog(), 5000)
      await usage.close()
      assert.equal(usage.backlog(), 0)
      assert.equal(await calls(), 10_000)
    })

    it('keeps what the store refused, and writes it once the store is back', async () => {
      const usage = usageOf({ batchKeysMax: 2 })
      for (const status of [200, 201, 202, 400, 429]) usage.record(finishedExchange({ status }))
      await store.db.schema.alterTable('usage_minute').renameTo('usage_away').execute()
      assert.equal(await usage.flush(), false)
      assert.equal(usage.backlog(), 5)
      usage.record(finishedExchange({ status: 200 }))
      await store.db.schema.alterTable('usage_away').renameTo('usage_minute').execute()
      assert.equal(await usage.flush(), true)
      assert.equal(await calls(), 6)
      await usage.close()
      assert.equal(await calls(), 6)
    })

    it('does not count twice what was written before the failure', async () => {
      const usage = usageOf({ batchKeysMax: 2, closeMilliseconds: 0 })
      for (const status of [200, 201, 0.5]) usage.record(finishedExchange({ status }))
      assert.equal(await usage.flush(), false)
      assert.equal(usage.backlog(), 1)
      assert.equal(await usage.flush(), false)
      assert.equal(await calls(), 2)
      await usage.close()
    })

    it('survives figures that are no numbers', async () => {
      const usage = usageOf()
      usage.record(finishedExchange({ durationMilliseconds: Number.NaN, requestBytes: 0.4, responseBytes: Infinity }))
      await usage.close()
      assert.equal(await calls(), 1)
    })

    it('sums into coarser keys rather than growing, and loses no call', async () => {
      const usage = usageOf({ keysMax: 100 })
      for (let index = 0; index < 4000; index += 1) {
        const startedAt = start + (index % 200) * minute
        usage.record(finishedExchange({ startedAt, applicationId: `cli_${index % 500}`, requestBytes: 1 }))
        assert.ok(usage.backlog() <= 101)
      }
      await usage.close()
      assert.equal(await calls(), 4000)
      assert.equal(
        (await rows()).reduce((sum, row) => sum + row.request_bytes, 0),
        4000,
      )
    })

    it('tells at close how much the store would not take, after trying for a while', async () => {
      const told: string[] = []
      const log = { ...silentLog, error: (event: string) => void told.push(event) }
      const usage = createUsage({ store, node: 'n', log, flushMilliseconds: 60_000, closeMilliseconds: 120 })
      usage.record(finishedExchange())
      await store.db.schema.alterTable('usage_minute').renameTo('usage_away').execute()
      await usage.close()
      await store.db.schema.alterTable('usage_away').renameTo('usage_minute').execute()
      assert.deepEqual(told, ['usage/lost'])
    })

    it('keeps what the store would not take for the next start, which counts it once', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'portique-usage-'))
      const leftFile = join(folder, 'usage-left.jsonl')
      const told: string[] = []
      const tell = (event: string) => void told.push(event)
      const log = { ...silentLog, warn: tell, error: tell }
      const open = () =>
        createUsage({ ...{ store, node: 'n', log, leftFile }, flushMilliseconds: 60_000, closeMilliseconds: 120 })
      await store.db.schema.alterTable('usage_minute').renameTo('usage_away').execute()
      for (let stop = 0; stop < 2; stop += 1) {
        const usage = open()
        usage.record(finishedExchange())
        await usage.close()
      }
      assert.equal(told.at(-1), 'usage/kept')
      assert.equal(statSync(leftFile).mode & 0o777, 0o600)
      await store.db.schema.alterTable('usage_away').renameTo('usage_minute').execute()
      appendFileSync(leftFile, '{"minute":"x"}\n')
      const usage = open()
      assert.equal(usage.backlog(), 1)
      assert.equal(told.at(-1), 'usage/unreadable')
      await usage.close()
      assert.equal(await calls(), 2)
      await open().close()
      assert.equal(await calls(), 2)
      assert.deepEqual(readdirSync(folder), ['usage-left.jsonl.unreadable'])
      rmSync(folder, { recursive: true })
    })

    it('flushes by itself', async () => {
      const usage = createUsage({ store, node: 'n', log: silentLog, flushMilliseconds: 20 })
      usage.record(finishedExchange())
      for (let turn = 0; turn < 200 && (await calls()) === 0; turn += 1) await new Promise((go) => setTimeout(go, 10))
      assert.equal(await calls(), 1)
      await usage.close()
    })

    it('is read by application, by API and over time', async () => {
      const usage = usageOf()
      const other = demoApi({ id: 'demo/autre/1' })
      usage.record(finishedExchange({ startedAt: start }))
      usage.record(finishedExchange({ startedAt: start, status: 500, durationMilliseconds: 100 }))
      usage.record(finishedExchange({ startedAt: start + minute, applicationId: 'cli_2' }))
      usage.record(finishedExchange({ startedAt: start + 2 * minute, api: other, environment: 'sandbox' }))
      await usage.close()
      assert.deepEqual(await usageByApplication(store, api, always), [
        { applicationId: 'cli_1', calls: 2, failed: 1, requestBytes: 20, responseBytes: 500, meanMilliseconds: 56 },
        { applicationId: 'cli_2', calls: 1, failed: 0, requestBytes: 10, responseBytes: 250, meanMilliseconds: 12 },
      ])
      const byApi = await usageByApi(store, 'cli_1', always)
      assert.deepEqual(
        byApi.map((row) => [row.apiId, row.environment, row.calls]),
        [
          [api, 'production', 2],
          ['demo/autre/1', 'sandbox', 1],
        ],
      )
      assert.deepEqual(await usageByApi(store, 'cli_1', { from: start + 3 * minute, until: always.until }), [])
      const steps = await usageOverTime(store, { period: always, stepMilliseconds: 2 * minute, applicationId: 'cli_1' })
      const first = start - (start % (2 * minute))
      assert.deepEqual(steps, [
        { from: first, status: 200, calls: 1 },
        { from: first, status: 500, calls: 1 },
        { from: start + 2 * minute - (start % (2 * minute)), status: 200, calls: 1 },
      ])
    })
  })
})
