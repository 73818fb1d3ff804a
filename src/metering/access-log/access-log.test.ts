import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { describe, it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { demoApi, demoOperation, finishedExchange } from '../exchange.fixture.js'
import { createAccessLog } from './access-log.js'
import { openLogTarget } from './log-target.js'

const clock = () => 1_790_000_000_000

/** A target in memory, that takes lines only when let. */
function slowTarget() {
  let text = ''
  let gate = Promise.withResolvers<void>()
  return {
    write: async (lines: string) => {
      await gate.promise
      text += lines
    },
    open: () => gate.resolve(),
    fail: () => {
      gate.reject(new Error('disk full'))
      gate = Promise.withResolvers()
    },
    lines: () => text.split('\n').filter((line) => line !== ''),
  }
}

describe('the access log', () => {
  it('names each call of one token by what it called', async () => {
    const target = slowTarget()
    target.open()
    const log = createAccessLog({ write: target.write, clock })
    const calls = [
      finishedExchange(),
      finishedExchange({ method: 'HEAD' }),
      finishedExchange({ operation: null }),
      finishedExchange({ environment: 'sandbox' }),
      finishedExchange({ tokenId: 'another' }),
      finishedExchange(),
    ]
    for (const call of calls) log.record(call)
    await log.close()
    const lines = target.lines().map((line) => JSON.parse(line))
    assert.deepEqual(
      lines.map(({ method }) => method),
      calls.map(({ method }) => method),
    )
    assert.deepEqual(
      lines.map(({ operation }) => operation),
      calls.map(({ operation }) => operation?.id ?? null),
    )
    assert.deepEqual(
      lines.map(({ environment }) => environment),
      calls.map(({ environment }) => environment),
    )
    assert.equal(new Set(lines.map(({ token }) => token)).size, 2)
  })

  it('writes one JSON line per exchange', async () => {
    const target = slowTarget()
    target.open()
    const log = createAccessLog({ write: target.write, clock })
    log.record(finishedExchange())
    log.record(
      finishedExchange({
        startedAt: 1_790_000_000_009,
        api: null,
        operation: null,
        environment: null,
        applicationId: null,
        tokenId: null,
        upstreamMilliseconds: null,
        status: 404,
        refusal: 'route/unknown-api',
        complete: false,
      }),
    )
    await log.close()
    const [first, second] = target.lines().map((line) => JSON.parse(line))
    assert.match(first.token, /^[\w-]{12}$/)
    assert.deepEqual(first, {
      time: '2026-09-21T14:13:20.123Z',
      request_id: 'req_1',
      method: 'GET',
      api: 'demo/annuaire/1',
      operation: 'chercher',
      environment: 'production',
      application: 'cli_1',
      token: first.token,
      status: 200,
      refusal: null,
      request_bytes: 10,
      response_bytes: 250,
      duration_ms: 12.3,
      upstream_ms: 9.5,
      complete: true,
    })
    assert.deepEqual(
      [second.time, second.api, second.operation, second.token, second.upstream_ms, second.complete, second.refusal],
      ['2026-09-21T14:13:20.009Z', null, null, null, null, false, 'route/unknown-api'],
    )
  })

  it('cannot be broken out of: what a client chose stays one escaped ASCII value', async () => {
    const target = slowTarget()
    target.open()
    const log = createAccessLog({ write: target.write, clock })
    const hostile = '"}\n{"forged":1}\u2028\u009b31m\u001b[0mé\ud800'
    log.record(finishedExchange({ requestId: hostile, method: hostile, refusal: hostile, applicationId: hostile }))
    log.record(finishedExchange({ requestId: 'x'.repeat(100_000) }))
    await log.close()
    assert.equal(target.lines().length, 2)
    const [line = '', long = ''] = target.lines()
    assert.match(line, /^[\x20-\x7e]+$/)
    assert.equal(JSON.parse(line).request_id, hostile)
    assert.equal(JSON.parse(long).request_id.length, 128)
  })

  it('holds no personal value and no secret, whatever the exchange carries along', async () => {
    const canary = 'CANARI-2540375'
    const target = slowTarget()
    target.open()
    const log = createAccessLog({ write: target.write, clock })
    const api = demoApi({ description: { fr: canary, en: canary }, document: { example: canary } })
    const operation = { ...demoOperation, path: `/personnes/${canary}`, definition: { summary: canary } }
    const carried = {
      ...finishedExchange({ tokenId: `jeton-${canary}`, api, operation, complete: false }),
      target: `/personnes/${canary}?nom=${canary}`,
      headers: ['Authorization', `Bearer ${canary}`],
      verified: { subject: canary },
      body: canary,
    }
    log.record(carried)
    await log.close()
    assert.equal(target.lines().length, 1)
    assert.equal(target.lines()[0]?.includes(canary), false)
  })

  it('tells tokens apart and calls of one token together', async () => {
    const target = slowTarget()
    target.open()
    const log = createAccessLog({ write: target.write, clock })
    for (const tokenId of ['a', 'b', 'a']) log.record(finishedExchange({ tokenId }))
    await log.close()
    const [a, b, again] = target.lines().map((line) => JSON.parse(line).token)
    assert.equal(a, again)
    assert.notEqual(a, b)
  })

  it('drops lines that a slow target leaves no room for, counts them and says so', async () => {
    const target = slowTarget()
    const log = createAccessLog({ write: target.write, clock, flushBytes: 1000, heldBytesMax: 10_000 })
    for (let call = 0; call < 1000; call += 1) log.record(finishedExchange())
    const dropped = log.dropped()
    assert.ok(dropped > 900 && dropped < 1000)
    target.open()
    await log.close()
    const told = target.lines().map((line) => JSON.parse(line))
    assert.equal(told.filter((line) => line.request_id === 'req_1').length, 1000 - dropped)
    assert.deepEqual(
      told.filter((line) => line.event === 'access-log/dropped').map((line) => line.lines),
      [dropped],
    )
  })

  it('counts what a failing target lost, and tells it when the target is back', async () => {
    const target = slowTarget()
    const log = createAccessLog({ write: target.write, clock, flushMilliseconds: 1 })
    log.record(finishedExchange())
    await pause(20)
    target.fail()
    await pause(5)
    assert.equal(log.dropped(), 1)
    target.open()
    await log.close()
    assert.deepEqual(
      target.lines().map((line) => JSON.parse(line).lines),
      [1],
    )
  })

  it('does not let a stuck target hold up the close', async () => {
    const log = createAccessLog({ write: () => new Promise(() => {}), clock, closeMilliseconds: 30 })
    log.record(finishedExchange())
    await log.close()
  })

  it('survives a reader of standard output that is gone, and counts the lines', async () => {
    const output = new Writable({ write: (_chunk, _encoding, done) => done(new Error('EPIPE')) })
    const log = createAccessLog({ write: (await openLogTarget('-', output)).write, clock, flushMilliseconds: 1 })
    log.record(finishedExchange())
    await pause(20)
    log.record(finishedExchange())
    await log.close()
    assert.equal(log.dropped(), 2)
  })

  it('appends to a file that only its owner reads', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'portique-access-log-'))
    const path = join(folder, 'access.log')
    for (const requestId of ['one', 'two']) {
      const target = await openLogTarget(path)
      const log = createAccessLog({ write: target.write, clock })
      log.record(finishedExchange({ requestId }))
      await log.close()
      await target.close()
    }
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n')
    assert.deepEqual(
      lines.map((line) => JSON.parse(line).request_id),
      ['one', 'two'],
    )
    assert.equal((await stat(path)).mode & 0o777, 0o600)
    await rm(folder, { recursive: true })
    await assert.rejects(openLogTarget(join(folder, 'absent', 'access.log')))
  })
})
