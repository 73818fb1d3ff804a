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
      ...(written.status === 504 && { silent: true as const }),
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
    ...foldedBy(withoutAccents, 'without accents'),
    ...foldedBy(firstAlone, 'first given name alone'),
  ]

  /** The first who is found and whose parameters this changes: providers may be asked for no more than that, and find her still. */
  function foldedBy(fold: (value: Json) => Json, title: string): readonly ParityCase[] {
    const changed = cases
      .filter(({ status }) => status === 200)
      .map((written) => ({ ...written, params: fold(written.params) as JsonObject }))
    const one = changed.find(({ title: own, params }) =>
      cases.some((written) => written.title === own && !isDeepStrictEqual(written.params, params)),
    )
    if (one === undefined) return []
    return [{ ...asked(one, `${one.title}, ${title}`), apart: { parts: wholeAnswer, why: exactly } }]
  }

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

const wholeAnswer = ['status', 'body', 'header content-type', 'header content-length']
const exactly =
  'the sandbox finds a case by all that the call says, as the platform’s real one does; this provider is asked for less, and finds the person'

const withoutAccents = (value: Json): Json => inTexts(value, (text) => text.normalize('NFD').replace(/\p{M}/gu, ''))

/** Of lists the first, which is what a list of given names begins with. */
const firstAlone = (value: Json): Json =>
  Object.fromEntries(
    Object.entries(value as JsonObject).map(([name, inner]) => [
      name,
      Array.isArray(inner) ? (inner as Json[]).slice(0, 1) : inner,
    ]),
  )

/** The sandbox matches whatever the letters' case: a provider must be asked so too. */
const inOtherCase = (value: Json): Json =>
  inTexts(value, (text) =>
    text.replace(/\p{L}/gu, (letter) =>
      letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
    ),
  )

function inTexts(value: Json, change: (text: string) => string): Json {
  if (Array.isArray(value)) return (value as Json[]).map((inner) => inTexts(inner, change))
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(
      Object.entries(value as JsonObject).map(([name, inner]) => [name, inTexts(inner, change)]),
    )
  return typeof value === 'string' ? change(value) : value
}

/** Another text of the same form. */
const turned = (text: string): string =>
  text
    .replace(/[A-Za-z]/, (letter) => (letter.toUpperCase() === 'Z' ? 'Y' : 'Z'))
    .replace(/\d/, (digit) => String((Number(digit) + 3) % 10))
