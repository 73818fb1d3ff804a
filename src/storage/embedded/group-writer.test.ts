import assert from 'node:assert/strict'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, beforeEach, test } from 'node:test'
import { trialFolder } from '../trial/open-trial-store.js'
import { GroupWriter } from './group-writer.js'
import { openForWriting } from './open-database.js'
import type { WriterReply, WriterRequest } from './writer-messages.js'

const folder = trialFolder()
after(() => rmSync(folder, { recursive: true, force: true }))

let number = 0
let writer: GroupWriter
let database: ReturnType<typeof openForWriting>
beforeEach(() => {
  number += 1
  database = openForWriting(join(folder, `${number}.sqlite`), 'FULL')
  database.exec(
    'create table item (id integer primary key, parent integer references item (id) deferrable initially deferred) strict',
  )
  writer = new GroupWriter(database)
})

let id = 0
const run = (sql: string, lease: number | null = null): WriterRequest => {
  id += 1
  return { id, kind: 'run', lease, sql, parameters: [] }
}
const begin = (lease: number): WriterRequest => ({ id: ++id, kind: 'begin', lease, time: 'limited' })
const end = (kind: 'commit' | 'rollback', lease: number): WriterRequest => ({ id: ++id, kind, lease })
const failed = (replies: readonly WriterReply[]) => replies.map((reply) => 'error' in reply)
const ids = () =>
  database
    .prepare('select id from item order by id')
    .all()
    .map((row) => row.id)

test('what waits together is committed together', () => {
  let commits = 0
  const exec = database.exec.bind(database)
  database.exec = (sql) => {
    if (sql === 'commit') commits += 1
    exec(sql)
  }
  writer.add(Array.from({ length: 40 }, (_, index) => run(`insert into item (id) values (${index})`)))
  assert.equal(writer.step().length, 40)
  assert.equal(commits, 1)
  assert.equal(ids().length, 40)
})

test('a statement that undoes the whole group harms only itself', () => {
  writer.add([
    run('insert into item (id) values (1)'),
    run('insert or rollback into item (id) values (1)'),
    run('insert into item (id) values (2)'),
  ])
  assert.deepEqual(failed(writer.step()), [false, true, false])
  assert.deepEqual(ids(), [1, 2])
})

test('a statement that makes the commit of the group fail harms only itself', () => {
  writer.add([
    run('insert into item (id) values (1)'),
    run('insert into item (id, parent) values (2, 99)'),
    run('insert into item (id) values (3)'),
  ])
  assert.deepEqual(failed(writer.step()), [false, true, false])
  assert.deepEqual(ids(), [1, 3])
})

test('half of a statement is nothing', () => {
  writer.add([
    run('insert into item (id) values (1)'),
    run('insert into item (id) values (2), (1)'),
    run('insert into item (id) values (3)'),
  ])
  assert.deepEqual(failed(writer.step()), [false, true, false])
  assert.deepEqual(ids(), [1, 3])
})

test('a transaction has the writer for itself, in its turn', () => {
  writer.add([run('insert into item (id) values (1)'), begin(7), run('insert into item (id) values (2)')])
  assert.equal(writer.step().length, 1)
  assert.equal(writer.step().length, 1)
  assert.deepEqual(writer.step(), [], 'the lone statement waits')
  writer.add([run('insert into item (id) values (3)', 7)])
  assert.deepEqual(failed(writer.step()), [false])
  writer.add([end('rollback', 7)])
  assert.deepEqual(failed(writer.step()), [false])
  assert.deepEqual(failed(writer.step()), [false])
  assert.deepEqual(ids(), [1, 2])
})

test('a lease that was ended has no say any more', () => {
  writer.add([begin(1)])
  writer.step()
  writer.add([run('insert into item (id) values (1)', 1)])
  writer.step()
  writer.endLease()
  writer.add([run('insert into item (id) values (2)', 1), run('insert into item (id) values (3)'), end('commit', 1)])
  const replies = [writer.step(), writer.step(), writer.step()].flat()
  assert.deepEqual(failed(replies), [true, false, true])
  assert.deepEqual(ids(), [3])
})

test('when the disk fails to sync, nothing of the group is acknowledged, and no write is taken any more', () => {
  const exec = database.exec.bind(database)
  database.exec = (sql) => {
    exec(sql)
    // What the kernel answers to fsync when the disk has lost what it was given: SQLITE_IOERR_FSYNC.
    if (sql === 'commit') throw Object.assign(new Error('disk I/O error'), { errcode: 1034 })
  }
  writer.add([run('insert into item (id) values (1)'), run('insert into item (id) values (2)')])
  assert.deepEqual(failed(writer.step()), [true, true])
  database.exec = exec
  writer.add([run('insert into item (id) values (3)'), begin(1)])
  const later = [writer.step(), writer.step()].flat()
  assert.deepEqual(
    later.map((reply) => ('error' in reply ? reply.error.state : 'accepted')),
    ['broken', 'broken'],
  )
})
