import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { sql } from 'kysely'
import { isProblem } from '#base'
import type { Change, Store } from '../store.js'
import type { TrialPlace } from './open-trial-store.js'
import { application, artifact, audit, usage } from './rows.js'

export const problem = (code: string) => (error: unknown) => {
  assert.ok(isProblem(error), String(error))
  assert.equal(error.code, code)
  return true
}

/** What every store does the same, whatever stands behind it. */
export function describeStore(name: string, openPlace: () => Promise<TrialPlace>): void {
  describe(name, () => {
    let place: TrialPlace
    let store: Store
    before(async () => {
      place = await openPlace()
      store = await place.open()
    })
    after(async () => {
      await store?.close()
      await place?.remove()
    })

    writing(() => store)
    transactions(() => store)
    portableSql(() => store)
    changes(() => store)

    test('a second opening finds everything and migrates nothing', async () => {
      await store.db.insertInto('audit').values(audit('reopened')).execute()
      await store.close()
      store = await place.open()
      const row = await store.db.selectFrom('audit').selectAll().where('id', '=', 'reopened').executeTakeFirst()
      assert.deepEqual(row, audit('reopened'))
      await store.ping()
    })

    test('a store sealed with one key is refused with another, and opens with its own', async () => {
      await store.close()
      const key = Buffer.alloc(32, 1)
      await (await place.open(key)).close()
      await assert.rejects(place.open(Buffer.alloc(32, 2)), problem('storage/wrong-key'))
      store = await place.open(key)
    })

    test('a store of a newer version is refused, and both versions are named', async () => {
      await sql`insert into kysely_migration (name, timestamp) values ('0099-later', '2099')`.execute(store.db)
      await store.close()
      await assert.rejects(
        place.open(),
        (error) => problem('storage/newer')(error) && /schema 99.*schema \d+\b/.test(String(error)),
      )
      await assert.rejects(place.open(), problem('storage/newer'), 'the refusal leaves no lock behind')
    })
  })
}

function writing(store: () => Store): void {
  test('one who has written reads it at once', async () => {
    for (let index = 0; index < 20; index += 1) {
      await store()
        .db.insertInto('audit')
        .values(audit(`own-${index}`))
        .execute()
      const row = await store().db.selectFrom('audit').select('id').where('id', '=', `own-${index}`).executeTakeFirst()
      assert.deepEqual(row, { id: `own-${index}` })
    }
  })

  test('among many statements at once each one that fails fails alone', async () => {
    const { db } = store()
    const inserts = Array.from({ length: 60 }, (_, index) =>
      db
        .insertInto('application')
        .values(application(`cli_group_${index % 3 === 0 ? 'same' : index}`))
        .execute(),
    )
    const settled = await Promise.allSettled(inserts)
    const failed = settled.filter((each) => each.status === 'rejected')
    assert.equal(failed.length, 19)
    for (const { reason } of failed) problem('storage/conflict')(reason)
    const kept = await db.selectFrom('application').select('id').where('id', 'like', 'cli_group_%').execute()
    assert.equal(kept.length, 41)
  })

  test('of 50 parallel conditional updates exactly one succeeds', async () => {
    const { db } = store()
    await db.insertInto('oidc_artifact').values(artifact('code')).execute()
    const winners = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        db
          .updateTable('oidc_artifact')
          .set({ consumed_at: index })
          .where('id_hash', '=', 'code')
          .where('consumed_at', 'is', null)
          .executeTakeFirst(),
      ),
    )
    assert.equal(winners.filter((each) => each.numUpdatedRows === 1n).length, 1)
    assert.equal(winners.filter((each) => each.numUpdatedRows === 0n).length, 49)
  })

  test('the same with returning: one row, once', async () => {
    const { db } = store()
    await db.insertInto('oidc_artifact').values(artifact('code-2')).execute()
    const rows = await Promise.all(
      Array.from({ length: 50 }, () =>
        db
          .updateTable('oidc_artifact')
          .set({ consumed_at: 1 })
          .where('id_hash', '=', 'code-2')
          .where('consumed_at', 'is', null)
          .returning('id_hash')
          .execute(),
      ),
    )
    assert.deepEqual(rows.flat(), [{ id_hash: 'code-2' }])
  })

  test('numbers are numbers, at the edge of what a number holds too', async () => {
    const { db } = store()
    await db
      .insertInto('usage_minute')
      .values(usage(Number.MAX_SAFE_INTEGER, { calls: Number.MAX_SAFE_INTEGER }))
      .execute()
    await db.insertInto('usage_minute').values(usage(1)).execute()
    const row = await db
      .selectFrom('usage_minute')
      .select(({ fn }) => [
        fn.max('minute').as('last'),
        fn.count('minute').as('rows'),
        fn.sum('request_bytes').as('bytes'),
      ])
      .executeTakeFirstOrThrow()
    assert.deepEqual(row, { last: Number.MAX_SAFE_INTEGER, rows: 2, bytes: 20 })
  })

  test('wrong values are refused alike', async () => {
    const { db } = store()
    const wrong = (values: Record<string, unknown>) =>
      db
        .insertInto('audit')
        .values({ ...audit(`wrong-${Math.random()}`), ...values })
        .execute()
    await assert.rejects(wrong({ actor: null }), problem('storage/constraint'))
    await assert.rejects(wrong({ at: 'soon' }), problem('storage/constraint'))
    await assert.rejects(wrong({ at: 1.5 }), problem('storage/constraint'))
    await assert.rejects(wrong({ actor: 'a\0b' }), problem('storage/bad-text'))
    const orphan = {
      application_id: 'cli_none',
      environment: 'sandbox',
      api_id: 'a',
      quotas: '[]',
      created_at: 1,
      ends_at: null,
    }
    await assert.rejects(db.insertInto('subscription').values(orphan).execute(), problem('storage/constraint'))
  })

  test('hostile text is only text', async () => {
    const { db } = store()
    for (const text of ["'; drop table audit; --", '"', '\\', '%_', '\u202e', '𝄞', '?1 $1 :a @b']) {
      await db
        .insertInto('audit')
        .values(audit(`text ${text}`, { detail: text }))
        .execute()
      const row = await db.selectFrom('audit').select('detail').where('id', '=', `text ${text}`).executeTakeFirst()
      assert.equal(row?.detail, text)
    }
  })

  test('a statement that is wrong says so, and the store goes on', async () => {
    await assert.rejects(sql`update nothing set a = 1`.execute(store().db), /nothing/)
    await assert.rejects(sql`selec 1`.execute(store().db), /selec/)
    await store().ping()
  })
}

function transactions(store: () => Store): void {
  const ids = async (prefix: string) => {
    const rows = await store()
      .db.selectFrom('audit')
      .select('id')
      .where('id', 'like', `${prefix}%`)
      .orderBy('id')
      .execute()
    return rows.map((row) => row.id)
  }

  test('a transaction is all or nothing, and reads what it wrote', async () => {
    await store().transaction(async (transaction) => {
      await transaction.insertInto('audit').values(audit('tx-1')).execute()
      const seen = await transaction.selectFrom('audit').select('id').where('id', '=', 'tx-1').execute()
      assert.equal(seen.length, 1)
      assert.deepEqual(await ids('tx-'), [], 'nobody else sees it yet')
    })
    const failing = store().transaction(async (transaction) => {
      await transaction.insertInto('audit').values(audit('tx-2')).execute()
      throw new Error('on purpose')
    })
    await assert.rejects(failing, /on purpose/)
    assert.deepEqual(await ids('tx-'), ['tx-1'])
  })

  test('a statement that fails ends its transaction, even when the fault is caught', async () => {
    const work = store().transaction(async (transaction) => {
      await transaction.insertInto('audit').values(audit('caught-1')).execute()
      await transaction
        .insertInto('audit')
        .values(audit('caught-1'))
        .execute()
        .catch(() => {})
      await transaction.insertInto('audit').values(audit('caught-2')).execute()
    })
    await assert.rejects(work, problem('storage/transaction-lost'))
    assert.deepEqual(await ids('caught'), [])
  })

  test('the same when the fault is caught last: nothing pretends to be committed', async () => {
    const work = store().transaction(async (transaction) => {
      await transaction.insertInto('audit').values(audit('last-1')).execute()
      await transaction
        .insertInto('audit')
        .values(audit('last-1'))
        .execute()
        .catch(() => {})
    })
    await assert.rejects(work, problem('storage/transaction-lost'))
    assert.deepEqual(await ids('last'), [])
  })

  test('parallel transactions and lone statements do not mix', async () => {
    const { db } = store()
    await db
      .insertInto('usage_minute')
      .values(usage(2, { calls: 0 }))
      .execute()
    const add = () =>
      store().transaction(async (transaction) => {
        const set = transaction.updateTable('usage_minute').set(({ eb }) => ({ calls: eb('calls', '+', 1) }))
        await set.where('minute', '=', 2).execute()
        await transaction
          .insertInto('audit')
          .values(audit(`mix-${Math.random()}`))
          .execute()
      })
    const lone = (index: number) =>
      db
        .insertInto('audit')
        .values(audit(`mix-lone-${index}`))
        .execute()
    await Promise.all(Array.from({ length: 30 }, (_, index) => (index % 2 === 0 ? add() : lone(index))))
    const row = await db.selectFrom('usage_minute').select('calls').where('minute', '=', 2).executeTakeFirst()
    assert.equal(row?.calls, 15)
    assert.equal((await ids('mix-')).length, 30)
  })
}

function portableSql(store: () => Store): void {
  const rows = async (query: ReturnType<typeof sql>) => (await query.execute(store().db)).rows

  test('order is by bytes, nulls where one says', async () => {
    const names = ['B', 'a', 'É', 'e', 'Z', '_', '1', '𝄞', '\uffee']
    for (const name of names)
      await store()
        .db.insertInto('audit')
        .values(audit(`order ${name}`, { object: 'order' }))
        .execute()
    const found = await store()
      .db.selectFrom('audit')
      .select('id')
      .where('object', '=', 'order')
      .orderBy('id')
      .execute()
    const bytes = names.map((name) => `order ${name}`).sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    assert.deepEqual(
      found.map((row) => row.id),
      bytes,
    )
    const artifacts = [artifact('nulls-1', { uid: 'b' }), artifact('nulls-2'), artifact('nulls-3', { uid: 'a' })]
    await store().db.insertInto('oidc_artifact').values(artifacts).execute()
    const ordered = await rows(
      sql`select id_hash from oidc_artifact where id_hash like 'nulls-%' order by uid desc nulls last`,
    )
    assert.deepEqual(ordered, [{ id_hash: 'nulls-1' }, { id_hash: 'nulls-3' }, { id_hash: 'nulls-2' }])
  })

  test('upsert adds up, from excluded', async () => {
    const add = (calls: number) =>
      store()
        .db.insertInto('usage_minute')
        .values(usage(3, { calls }))
        .onConflict((conflict) =>
          conflict
            .columns(['minute', 'application_id', 'api_id', 'environment', 'status', 'node'])
            .doUpdateSet({ calls: sql<number>`usage_minute.calls + excluded.calls` }),
        )
        .returning('calls')
        .executeTakeFirst()
    await Promise.all(Array.from({ length: 20 }, () => add(2)))
    assert.deepEqual(await add(1), { calls: 41 })
  })

  test('common tables, windows, filters, paging by rows, update from, is distinct from', async () => {
    await store()
      .db.insertInto('usage_minute')
      .values([10, 11, 12, 13].map((minute) => usage(minute, { calls: minute })))
      .execute()
    const page = sql`select minute from usage_minute where (minute, node) > (10, 'n1') and minute < 14 order by minute limit 2`
    assert.deepEqual(await rows(page), [{ minute: 11 }, { minute: 12 }])
    const running = sql`
      with part as (select minute, calls from usage_minute where minute between 10 and 13)
      select minute, sum(calls) over (order by minute) as total from part order by minute`
    assert.deepEqual(await rows(running), [
      { minute: 10, total: 10 },
      { minute: 11, total: 21 },
      { minute: 12, total: 33 },
      { minute: 13, total: 46 },
    ])
    const filtered = sql`select count(*) filter (where calls > 11) as many, string_agg(node, ',' order by minute) as nodes from usage_minute where minute between 10 and 13`
    assert.deepEqual(await rows(filtered), [{ many: 2, nodes: 'n1,n1,n1,n1' }])
    await rows(
      sql`update usage_minute set calls = o.calls * 2 from (select minute, calls from usage_minute where minute = 13) o where usage_minute.minute = o.minute`,
    )
    assert.deepEqual(await rows(sql`select calls from usage_minute where minute = 13`), [{ calls: 26 }])
    const distinct = sql`select minute from usage_minute where minute between 10 and 13 and calls is distinct from 26 order by minute desc`
    assert.deepEqual(await rows(distinct), [{ minute: 12 }, { minute: 11 }, { minute: 10 }])
  })

  test('a row that is gone takes what belongs to it along', async () => {
    const { db } = store()
    await db.insertInto('application').values(application('cli_gone')).execute()
    const subscription = { environment: 'sandbox', api_id: 'a', quotas: '[]', created_at: 1, ends_at: null }
    await db
      .insertInto('subscription')
      .values({ ...subscription, application_id: 'cli_gone' })
      .execute()
    const deleted = await db.deleteFrom('application').where('id', '=', 'cli_gone').executeTakeFirst()
    assert.equal(deleted.numDeletedRows, 1n)
    const left = await db.selectFrom('subscription').selectAll().where('application_id', '=', 'cli_gone').execute()
    assert.deepEqual(left, [])
  })
}

function changes(store: () => Store): void {
  test('a change is told once, after its commit and before the transaction resolves', async () => {
    const told: Change[] = []
    const stop = store().feed.subscribe((change) => told.push(change))
    await store().transaction(async (transaction) => {
      await store().feed.publish(transaction, { topic: 'access', key: 'cli_1' })
      await store().feed.publish(transaction, { topic: 'access', key: 'cli_2' })
      assert.deepEqual(told, [])
    })
    const expected = [
      { topic: 'access', key: 'cli_1' },
      { topic: 'access', key: 'cli_2' },
    ]
    assert.deepEqual(told, expected)
    await new Promise((resolve) => setTimeout(resolve, 600))
    assert.deepEqual(told, expected, 'the table’s reader does not tell it again')
    stop()
    await store().transaction((transaction) => store().feed.publish(transaction, { topic: 'access', key: 'cli_3' }))
    assert.deepEqual(told, expected, 'who has stopped is told nothing')
  })

  test('what is rolled back is never told, and a listener that throws harms nobody', async () => {
    const told: Change[] = []
    const stops = [
      store().feed.subscribe(() => {
        throw new Error('a listener at fault')
      }),
      store().feed.subscribe((change) => told.push(change)),
    ]
    const warned = new Promise((resolve) => process.once('warning', resolve))
    await assert.rejects(
      store().transaction(async (transaction) => {
        await store().feed.publish(transaction, { topic: 'token', key: 'undone' })
        throw new Error('on purpose')
      }),
      /on purpose/,
    )
    await store().transaction((transaction) => store().feed.publish(transaction, { topic: 'token', key: 'done' }))
    assert.match(String(await warned), /a listener at fault/)
    assert.deepEqual(told, [{ topic: 'token', key: 'done' }])
    for (const stop of stops) stop()
  })

  test('a change outside of a transaction of the store is refused', async () => {
    await store()
      .db.transaction()
      .execute((transaction) => assert.rejects(store().feed.publish(transaction, { topic: 'a', key: 'b' }), TypeError))
  })

  test('the feed is whole', () => {
    assert.ok(store().feed.silentMilliseconds() < 2_000)
  })
}
