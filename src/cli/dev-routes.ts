import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { isProblem, type MovableClock, Problem } from '#base'

const shape = z.union([
  z.strictObject({ advanceSeconds: z.int().min(1).max(40_000_000) }),
  z.strictObject({ reset: z.literal(true) }),
])

/** `/dev/**`: the test clock. `{"advanceSeconds": 1500}` moves it forward, `{"reset": true}` brings it back. */
export function devRoutes(clock: MovableClock): Hono {
  const dev = new Hono().basePath('/dev')
  dev.use(
    bodyLimit({ maxSize: 1024, onError: (context) => context.json({ code: wrong.code, detail: wrong.text.en }, 413) }),
  )
  dev.get('/clock', (context) => context.json({ now: new Date(clock.now()).toISOString() }))
  dev.post('/clock', async (context) => {
    const read = shape.safeParse(await context.req.json().catch(() => null))
    if (!read.success) throw wrong
    if ('reset' in read.data) clock.reset()
    else clock.advance(read.data.advanceSeconds * 1000)
    return context.json({ now: new Date(clock.now()).toISOString() })
  })
  dev.notFound((context) => context.json({ detail: 'Only /dev/clock is here.' }, 404))
  dev.onError((error, context) =>
    isProblem(error)
      ? context.json({ code: error.code, detail: error.text.en }, 400)
      : context.json({ detail: 'Internal error.' }, 500),
  )
  return dev
}

const wrong = new Problem({
  code: 'dev/clock',
  status: 400,
  text: {
    fr: 'Envoyez {"advanceSeconds": 1500} (1 à 40 000 000) ou {"reset": true}.',
    en: 'Send {"advanceSeconds": 1500} (1 to 40,000,000) or {"reset": true}.',
  },
})
