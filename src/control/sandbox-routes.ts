import { Hono } from 'hono'
import { z } from 'zod'
import { catalogProblem } from '#catalog'
import { answerHeaders } from '#contract'
import { caseDepthMost, withinDepth } from '#sandbox'
import type { ControlNeeds } from './control-needs.js'
import { isDeeper } from './is-deeper.js'
import { readBody } from './read-body.js'
import { readQuery } from './read-query.js'

const json = z.string().refine((text) => {
  if (isDeeper(text, caseDepthMost)) return false
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}, 'not JSON, or nested too deeply')
/** A place below a folder: its last part names a file. */
const file = z
  .string()
  .min(1)
  .max(500)
  .refine((path) => !/(^|[\\/])\.{0,2}$/.test(path), 'not the name of a file')
/** Who says so, beside the right to: a name for the history. */
const by = z
  .string()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N} ._@-]*$/u, 'not a name')
  .max(80)
  .optional()
/** Measured before it is read: reading goes as deep as the value. */
const params = z
  .custom((value) => withinDepth(value, caseDepthMost), `nested more than ${caseDepthMost} levels deep`)
  .pipe(z.record(z.string().max(200), z.json()))
const application = z.string().min(1).max(200).nullable()
const importShape = z.strictObject({
  platform: z.string(),
  application: application.default(null),
  by,
  cases: z
    .array(
      z.strictObject({
        file,
        folder: z.string().min(1).max(200),
        title: z.string().max(200),
        description: z.string().max(10_000).default(''),
        params,
        headers: answerHeaders.default({}),
        status: z.int().min(200).max(599),
        payload: json.nullable(),
      }),
    )
    .max(5_000),
})
const written = {
  /** Name by which mistakes are told. */
  file: z.string().min(1).max(500).default('case.yaml'),
  text: z.string(),
  by,
}
const addition = z.strictObject({
  ...written,
  api: z.string().min(1),
  operation: z.string().min(1).optional(),
  application: application.default(null),
  name: z.string().min(1).max(80).optional(),
})
const revision = z.int().min(1)
const edit = z.strictObject({ ...written, revision })
const removal = z.strictObject({ revision, by })
const restoration = z.strictObject({ revision, to: revision, by })
const filter = z.strictObject({
  platform: z.string().optional(),
  api: z.string().optional(),
  /** `shared`, or an application's identifier; absent: all. */
  application: z.string().optional(),
})

/** Cases of the sandbox: import, and one by one, for all or for one application. */
export function sandboxRoutes({ access, catalog, cases }: ControlNeeds): Hono {
  const routes = new Hono()
  routes.post('/imports', async (context) => {
    const { platform, application, cases: given, by } = await readBody(context, importShape)
    if (!catalog.platforms().has(platform)) throw catalogProblem('catalog/unknown-platform', { platform })
    await mayKeep(platform, application)
    const request = { platform, applicationId: application, cases: given, actor: actorOf(by) }
    return context.json(await cases.import(request), 201)
  })
  routes.get('/cases', async (context) => {
    const { application, ...rest } = readQuery(context, filter)
    const whose = application === undefined ? {} : { application: application === 'shared' ? null : application }
    return context.json(await cases.list({ ...rest, ...whose }))
  })
  routes.post('/cases', async (context) => {
    const { by, ...request } = await readBody(context, addition)
    await mayKeep(request.api.split('/', 1)[0] ?? '', request.application)
    return context.json(await cases.add({ ...request, actor: actorOf(by) }), 201)
  })
  routes.get('/cases/:id', async (context) => context.json(await cases.show(context.req.param('id'))))
  routes.put('/cases/:id', async (context) => {
    const { by, ...request } = await readBody(context, edit)
    return context.json(await cases.edit({ ...request, id: context.req.param('id'), actor: actorOf(by) }))
  })
  routes.delete('/cases/:id', async (context) => {
    const { revision, by } = await readBody(context, removal)
    await cases.remove({ id: context.req.param('id'), revision, actor: actorOf(by) })
    return context.json({ removed: true })
  })
  routes.get('/cases/:id/history', async (context) => context.json(await cases.history(context.req.param('id'))))
  routes.post('/cases/:id/restoration', async (context) => {
    const { by, ...request } = await readBody(context, restoration)
    return context.json(await cases.restore({ ...request, id: context.req.param('id'), actor: actorOf(by) }), 201)
  })
  return routes

  /** Refuses an application that is not there, or is another platform's. */
  async function mayKeep(platform: string, id: string | null): Promise<void> {
    if (id === null) return
    const application = await access.show(id)
    if (application.platform !== platform) throw catalogProblem('catalog/foreign-application', { id })
  }
}

const actorOf = (by: string | undefined) => (by === undefined ? 'operator' : `operator (${by})`)
