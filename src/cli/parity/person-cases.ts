import { isDeepStrictEqual } from 'node:util'
import type { Json, JsonObject, SandboxCase } from '#contract'
import { parametersOf, queryOf } from './good-query.js'
import { bearer, get, type ParityCase, type Subject } from './parity-case.js'

/** Everyone whom the sandbox knows: found with all scopes, then with each scope alone; unknown, ambiguous, or a provider that fails. */
export function personCases({ api, operation }: Subject, cases: readonly SandboxCase[]): readonly ParityCase[] {
  const asked = (written: SandboxCase, title: string, scope?: string): ParityCase => ({
    ...{
      group: written.status === 200 ? 'people' : 'people and provider',
      title: `${operation.id}: ${title}`,
      api: api.id,
    },
    calls: (side) => [
      get(
        `${side.pathOf(api, operation.path)}?${queryOf(parametersOf(operation, written.params))}`,
        bearer(scope === undefined ? side.caller.full : (side.caller.alone.get(scope) ?? '')),
      ),
    ],
  })
  const found = cases.find(({ status }) => status === 200)
  const scopes =
    found === undefined
      ? []
      : (api.dataScopes ?? []).map((scope) => asked(found, `${found.title}, ${scope} alone`, scope))
  return [
    ...cases.flatMap((written) => [asked(written, `${written.status} ${written.title}`)]),
    ...cases.flatMap((written) => {
      const params = inOtherCase(written.params) as JsonObject
      if (isDeepStrictEqual(params, written.params)) return []
      return [asked({ ...written, params }, `${written.status} ${written.title}, capitals for small letters`)]
    }),
    ...scopes,
    ...stranger(),
  ]

  /** Someone whom no case knows. */
  function stranger(): readonly ParityCase[] {
    if (found === undefined) return []
    const [name] = Object.keys(found.params).filter((key) => typeof found.params[key] === 'string')
    if (name === undefined) return []
    const params = { ...found.params, [name]: turned(String(found.params[name])) }
    const head = asked({ ...found, params }, 'HEAD for someone unknown')
    return [
      { ...asked({ ...found, params, status: 404 }, 'someone unknown') },
      { ...head, calls: (side) => head.calls(side).map((sent) => ({ ...sent, method: 'HEAD' })) },
    ]
  }
}

/** The sandbox matches whatever the letters' case: a provider must be asked so too. */
function inOtherCase(value: Json): Json {
  if (Array.isArray(value)) return (value as Json[]).map(inOtherCase)
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value as JsonObject).map(([name, inner]) => [name, inOtherCase(inner)]))
  if (typeof value !== 'string') return value
  return value.replace(/\p{L}/gu, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  )
}

/** Another text of the same form. */
const turned = (text: string): string =>
  text
    .replace(/[A-Za-z]/, (letter) => (letter.toUpperCase() === 'Z' ? 'Y' : 'Z'))
    .replace(/\d/, (digit) => String((Number(digit) + 3) % 10))
