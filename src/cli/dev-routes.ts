import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { z } from 'zod'
import { isProblem, type MovableClock, Problem } from '#base'

const shape = z.union([
  z.strictObject({ advanceSeconds: z.int().min(1).max(40_000_000) }),
  z.strictObject({ reset: z.literal(true) }),
])

/** `/dev/**`: the test clock, for scripts and for pages of its own origin. `{"advanceSeconds": 1500}` moves it forward, `{"reset": true}` brings it back. */
export function devRoutes(clock: MovableClock): Hono {
  const dev = new Hono().basePath('/dev')
  dev.use(
    bodyLimit({ maxSize: 1024, onError: (context) => context.json({ code: wrong.code, detail: wrong.text.en }, 413) }),
  )
  // A page of any origin may send plain text without asking first (Fetch, "CORS-safelisted"); JSON it may not, and its Origin tells.
  dev.use(async (context, next) => {
    const origin = context.req.header('origin')
    if (origin !== undefined && !isOwn(origin, context.req.header('host'))) throw foreign
    await next()
  })
  dev.get('/clock', (context) => context.json({ now: new Date(clock.now()).toISOString() }))
  dev.post('/clock', async (context) => {
    const [type = ''] = (context.req.header('content-type') ?? '').split(';')
    if (type.trim().toLowerCase() !== 'application/json') throw notJson
    const read = shape.safeParse(await context.req.json().catch(() => null))
    if (!read.success) throw wrong
    if ('reset' in read.data) clock.reset()
    else clock.advance(read.data.advanceSeconds * 1000)
    return context.json({ now: new Date(clock.now()).toISOString() })
  })
  dev.notFound((context) => context.json({ detail: 'Only /dev/clock is here.' }, 404))
  dev.onError((error, context) =>
    isProblem(error)
      ? context.json({ code: error.code, detail: error.text.en }, refusals.get(error) ?? 400)
      : context.json({ detail: 'Internal error.' }, 500),
  )
  return dev
}

/** Host and port as the browser asked for them: the front door lets in no name but its own. */
const isOwn = (origin: string, host: string | undefined) =>
  host !== undefined && [`http://${host}`, `https://${host}`].includes(origin.toLowerCase())

const wrong = new Problem({
  code: 'dev/clock',
  status: 400,
  text: {
    fr: 'Envoyez {"advanceSeconds": 1500} (1 à 40 000 000) ou {"reset": true}.',
    en: 'Send {"advanceSeconds": 1500} (1 to 40,000,000) or {"reset": true}.',
  },
})
const notJson = new Problem({
  code: 'dev/media-type',
  status: 415,
  text: {
    fr: 'Envoyez du JSON, avec « Content-Type: application/json ».',
    en: 'Send JSON, with "Content-Type: application/json".',
  },
})
const foreign = new Problem({
  code: 'dev/origin',
  status: 403,
  text: {
    fr: 'Une page d’une autre origine ne déplace pas l’horloge.',
    en: 'A page of another origin moves no clock.',
  },
})
const refusals = new Map<unknown, 403 | 415>([
  [foreign, 403],
  [notJson, 415],
])
