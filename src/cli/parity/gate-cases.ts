import { type Parameters, queryOf } from './good-query.js'
import { bearer, get, type ParityCase, type Side, type Subject } from './parity-case.js'

/** What is refused before anybody looks for a person, and what of HTTP holds for every call; on one operation, with parameters that are right. */
export function gateCases({ api, operation, platform }: Subject, good: Parameters): readonly ParityCase[] {
  const right = (side: Side, more = '') => `${side.pathOf(api, operation.path)}?${queryOf(good)}${more}`
  const one = (title: string, headers: (side: Side) => readonly string[], status?: number): ParityCase => ({
    ...{ group: 'credentials', title, api: api.id, ...(status !== undefined && { status }) },
    calls: (side) => [get(right(side), headers(side))],
  })
  const asked = (title: string, method: string, headers: readonly string[] = []): ParityCase => ({
    ...{ group: 'HTTP', title, api: api.id },
    calls: (side) => [{ method, target: right(side), headers: [...bearer(side.caller.full), ...headers] }],
  })
  const at = (title: string, status: number | undefined, target: (side: Side) => string): ParityCase => ({
    ...{ group: 'addresses', title, api: api.id, ...(status !== undefined && { status }) },
    calls: (side) => [get(target(side), bearer(side.caller.full))],
  })
  const version = new RegExp(`(/[A-Za-z]*)${api.version}(?=/)`)
  const limit = Math.min(...api.quotas.map((rule) => rule.limit))
  const elsewhere = platform.apis.find(
    (other) => !(other.dataScopes ?? []).some((scope) => api.dataScopes?.includes(scope)),
  )
  const other = platform.apis.find(
    (another) => another !== api && another.quotas.some(({ key, limit: own }) => key === 'token' && own === limit),
  )
  const foreignScope = elsewhere?.dataScopes?.[0]
  return [
    one('no token', () => [], 401),
    one('an empty Authorization', () => ['Authorization', ''], 401),
    one('another scheme', () => ['Authorization', 'Basic cG9ydGlxdWU6cG9ydGlxdWU=']),
    one('a malformed Bearer', () => ['Authorization', 'Bearer a b']),
    one('a text that is no token', () => bearer('abcdef'), 401),
    one('a token of another house', ({ caller }) => bearer(caller.foreign), 401),
    one('a token cut short', ({ caller }) => bearer(caller.full.slice(0, -3)), 401),
    one('an expired token', ({ caller }) => bearer(caller.expired), 401),
    one('a revoked token', ({ caller }) => bearer(caller.revoked), 401),
    {
      ...one('a token of the other environment', ({ other }) => bearer(other.full), 401),
      apart: {
        parts: ['body', 'header content-length'],
        why: 'the code says of which environment the token is: 00108 or 00109',
      },
    },
    one('two Authorization', ({ caller }) => [...bearer(caller.full), ...bearer(caller.full)]),
    one('X-Api-Key', ({ caller }) => ['X-Api-Key', caller.full]),
    one('X-Api-Key that is none', () => ['X-Api-Key', 'abcdef'], 401),
    { ...one('token in the address', () => []), calls: (side) => [get(right(side, `&token=${side.caller.full}`), [])] },
    ...(foreignScope === undefined
      ? []
      : [one('no scope of this API', ({ caller }) => bearer(caller.alone.get(foreignScope) ?? ''))]),
    {
      ...{ group: 'quotas', title: `call ${limit + 1} in the period`, api: api.id, status: 429 },
      calls: (side) =>
        Array.from({ length: limit + 1 }, () => get(side.pathOf(api, operation.path), bearer(side.caller.flooding))),
    },
    {
      ...{ group: 'quotas', title: 'the last call that the period admits', api: api.id },
      calls: (side) =>
        Array.from({ length: limit }, () => get(side.pathOf(api, operation.path), bearer(side.caller.flooding))),
    },
    {
      ...{ group: 'quotas', title: 'another token, while one is over its quota', api: api.id, status: 200 },
      calls: (side) => [
        ...Array.from({ length: limit + 1 }, () => get(side.pathOf(api, operation.path), bearer(side.caller.flooding))),
        get(right(side), bearer(side.caller.full)),
      ],
    },
    ...(other === undefined
      ? []
      : [
          {
            ...{ group: 'quotas', title: 'calls of one token to two APIs, counted together', api: api.id, status: 429 },
            calls: (side: Side) => [
              ...Array.from({ length: limit }, () =>
                get(side.pathOf(api, operation.path), bearer(side.caller.flooding)),
              ),
              get(side.pathOf(other, other.operations[0]?.path ?? '/'), bearer(side.caller.flooding)),
            ],
          },
        ]),
    {
      ...{ group: 'quotas', title: 'the same call twice at once', api: api.id, together: true },
      ...(platform.inFlight === 'refuse_identical' && { status: 409 }),
      calls: (side) => [get(right(side), bearer(side.caller.full)), get(right(side), bearer(side.caller.full))],
    },
    at('an unknown version', 404, (side) => right(side).replace(version, '$199')),
    at('an unknown resource', 404, (side) => `${side.pathOf(api, '/nowhere')}?${queryOf(good)}`),
    at('an unknown API', 404, (side) => side.pathOf(api, operation.path).replace(/\/[^/]+\/[^/]+$/, '/nowhere/at-all')),
    at('a slash too many', undefined, (side) => `${side.pathOf(api, operation.path)}/?${queryOf(good)}`),
    at('dot segments', 400, (side) => `${side.pathOf(api, '/%2e%2e')}${operation.path.replace(/\/$/, '')}`),
    asked('HEAD', 'HEAD'),
    asked('POST', 'POST'),
    asked('DELETE', 'DELETE'),
    asked('OPTIONS', 'OPTIONS'),
    asked('a preflight', 'OPTIONS', ['Origin', 'https://ailleurs.exemple', 'Access-Control-Request-Method', 'GET']),
    asked('a call from a page of elsewhere', 'GET', ['Origin', 'https://ailleurs.exemple']),
    asked('a validator and a range', 'GET', ['If-None-Match', '*', 'Range', 'bytes=0-3']),
    asked('an encoding', 'GET', ['Accept-Encoding', 'gzip, br']),
    asked('a page asked for', 'GET', ['Accept', 'text/html']),
    asked('no-cache', 'GET', ['Cache-Control', 'no-cache']),
    asked('English', 'GET', ['Accept-Language', 'en']),
  ]
}
