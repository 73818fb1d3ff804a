import assert from 'node:assert/strict'
import { it } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { createWatch, unwatched, type Watched } from './watch.js'

it('ends what is late and nothing else, though entries come and go in any order', async (t) => {
  const clock = { now: 0 }
  const watch = createWatch(() => clock.now, 5)
  t.after(watch.stop)
  const ended: number[] = []
  const all = Array.from({ length: 6 }, (_, number): Watched => {
    return { deadline: number < 3 ? 10 : 1_000, place: unwatched, expire: () => void ended.push(number) }
  })
  for (const one of all) watch.add(one)
  for (const number of [0, 5, 0]) remove(number)
  clock.now = 20
  await pause(50)
  assert.deepEqual(ended.toSorted(), [1, 2])
  clock.now = 2_000
  await pause(50)
  assert.deepEqual(ended.toSorted(), [1, 2, 3, 4])

  function remove(number: number) {
    const one = all[number]
    if (one !== undefined) watch.delete(one)
  }
})

it('leaves alone what another one ended a moment before', async (t) => {
  const clock = { now: 0 }
  const watch = createWatch(() => clock.now, 5)
  t.after(watch.stop)
  const ended: string[] = []
  const second: Watched = { deadline: 10, place: unwatched, expire: () => void ended.push('second') }
  const first: Watched = {
    deadline: 10,
    place: unwatched,
    expire() {
      ended.push('first')
      watch.delete(second)
    },
  }
  watch.add(first)
  watch.add(second)
  clock.now = 20
  await pause(50)
  assert.deepEqual(ended, ['first'])
})
