import httpProxy from '@fastify/http-proxy'
import rateLimit from '@fastify/rate-limit'
import Fastify from 'fastify'

// A child of the bench: settings in BENCH_PEER, see node-peer.ts.
const { port, upstreamUrl, policy, tokens } = JSON.parse(process.env.BENCH_PEER)
const held = new Map(tokens.map(({ token, application, scopes }) => [token, { application, scopes: new Set(scopes) }]))

const app = Fastify({ keepAliveTimeout: 300_000 })
app.decorateRequest('application', '')
for (const api of Object.values(policy)) await app.register(guarded, api)
await app.listen({ port, host: '127.0.0.1' })

/** One API: token and scope first, then the quota of the application, then the upstream. */
async function guarded(scope, api) {
  scope.addHook('onRequest', (request, reply, next) => {
    const authorization = request.headers.authorization ?? ''
    const known = authorization.startsWith('Bearer ') ? held.get(authorization.slice(7)) : undefined
    if (known === undefined) return reply.code(401).send({ status: 401, code: 'token_unknown' })
    if (!known.scopes.has(api.scope)) return reply.code(403).send({ status: 403, code: 'scope_missing' })
    request.application = known.application
    next()
  })
  await scope.register(rateLimit, {
    max: api.quotaApplication,
    timeWindow: api.periodSeconds * 1000,
    keyGenerator: (request) => request.application,
  })
  await scope.register(httpProxy, {
    upstream: upstreamUrl,
    prefix: api.path,
    rewritePrefix: api.path,
    undici: { connections: 64, pipelining: 1 },
    replyOptions: { rewriteRequestHeaders: (_request, { authorization: _, ...headers }) => headers },
  })
}
