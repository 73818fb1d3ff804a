import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { outcomeRefusals } from '../adapter/outcome-refusals.js'
import { usualOutcome } from '../adapter/provider-outcome.js'
import type { ApiVersion, Operation } from '../api.js'
import type { ContractBreach } from '../checking/breach.js'
import { breachRefusal } from '../checking/breach-refusal.js'
import type { Refusal } from '../exchange.js'
import { loadPlatform } from '../load-platforms.js'
import { isRecord } from '../reading/keywords.js'
import { refusal } from '../refusals.js'
import { missingRight, platformCodes, providerCodes } from './api-particulier-codes.js'
import { dialectOf } from './dialect-of.js'
import { documentedErrors } from './documented-errors.js'

const { platform } = await loadPlatform('platforms/api-particulier')
assert.ok(platform)

interface Shown {
  readonly where: string
  readonly status: number
  readonly error: Readonly<Record<string, unknown>>
}

/** Each error that a contract or a sandbox case shows in the shape of JSON:API. */
function shownBy(api: ApiVersion): readonly Shown[] {
  const examples = api.operations.flatMap(({ definition }) =>
    Object.entries(definition.responses ?? {}).flatMap(([status, { content = {} }]) =>
      Object.values(content).flatMap(({ examples: named = {} }) =>
        Object.entries(named).map(([name, { value }]) => ({
          where: `${api.id} ${name}`,
          status: Number(status),
          value,
        })),
      ),
    ),
  )
  const cases = (api.cases ?? []).map(({ title, status, payload }) => ({
    where: `${api.id} case "${title}"`,
    status,
    value: payload,
  }))
  return [...examples, ...cases].flatMap(({ where, status, value }) => {
    const errors: unknown = isRecord(value) ? value.errors : undefined
    return Array.isArray(errors) ? errors.filter(isRecord).map((error) => ({ where, status, error })) : []
  })
}

describe('the errors of API Particulier', () => {
  const shown = platform.apis.flatMap(shownBy)

  it('are told in contracts and cases as the dialect tells them', () => {
    const told = shown.map(({ where, status, error: { code, title, detail } }) => ({
      where,
      status,
      code,
      title,
      detail,
    }))
    const expected = shown.map(({ where, error }) => {
      const code = String(error.code)
      const provider = isRecord(error.meta) ? String(error.meta.provider ?? '') : ''
      const own = platformCodes.find((one) => one.code === code && (code !== '00100' || one.title === error.title))
      if (own?.title === missingRight().title) {
        const { title, detail } = missingRight(/« (.+) »/.exec(String(error.detail))?.[1] ?? 'none')
        return { where, status: own.status, code, title, detail }
      }
      const listed = own ?? providerCodes(provider).find((one) => one.code === code.slice(2))
      return { where, status: listed?.status, code, title: listed?.title, detail: listed?.detail }
    })
    assert.deepEqual(told, expected)
    assert.ok(shown.length > 500, String(shown.length))
  })

  it('are declared where any call, or a call in a person’s name, may meet them', () => {
    for (const api of platform.apis.filter(({ version, operations }) => Number(version) >= 3 && operations.length > 0))
      for (const operation of api.operations) {
        const { coded } = documentedErrors({ ...api, operations: [operation] })
        assert.ok(coded.has('400 00401'), `${api.id} ${operation.id}`)
        assert.equal(
          coded.has('401 51502'),
          operation.definition['x-person'] !== undefined,
          `${api.id} ${operation.id}`,
        )
      }
  })

  it('bear the number of the contract’s provider, or of one of those behind it', () => {
    for (const { id, document } of platform.apis.filter(({ version }) => Number(version) >= 3)) {
      const { info } = document
      const provider = isRecord(info) ? info['x-provider'] : undefined
      assert.ok(isRecord(provider), `${id} names its provider`)
      for (const { where, error } of shown.filter((one) => one.where.startsWith(id))) {
        const [number, meta] = [String(error.code).slice(0, 2), isRecord(error.meta) ? error.meta : {}]
        if (meta.provider === provider.name) assert.equal(number, provider.code, where)
      }
    }
  })

  it('of parameters are shown by version 2 as it answers them, with one of a rule where a contract has rules', () => {
    const known = platform.apis.filter(({ version, operations }) => version === '2' && operations.length > 0)
    for (const api of known)
      for (const operation of api.operations) {
        const { responses = {}, 'x-checks': rules = [] } = operation.definition
        const shown = Object.values(responses['400']?.content ?? {})
          .flatMap(({ examples = {} }) => Object.values(examples))
          .map(({ value }) => ({ value, reason: isRecord(value) ? String(value.reason) : '' }))
          .filter(({ reason }) => reason.startsWith('Parameter'))
        for (const { value, reason } of shown) {
          const said = saidOf(api, operation, reason)
          assert.ok(
            said.some((one) => isDeepStrictEqual(one, value)),
            `${api.id} ${JSON.stringify(value)}`,
          )
        }
        const broken = shown.filter(({ reason }) => reason === 'Parameter breaks a rule')
        assert.equal(broken.length > 0, rules.length > 0, `${api.id} shows what a rule that is broken says`)
      }
  })

  const adapted = platform.apis.filter(({ adapter }) => adapter != null)

  it('that a provider may cause stand in the contract, in the words that are answered', () => {
    const dialect = dialectOf(platform.dialect)
    const context = { requestId: '', language: 'fr', quota: null, problemsUrl: '' } as const
    for (const api of adapted)
      for (const told of possible(api)) {
        const { status, body } = dialect.refuse(told, { ...context, api })
        const said = JSON.parse(Buffer.from(body ?? '').toString('utf8'))
        const { coded, named } = documentedErrors(api)
        const known =
          api.version === '2' ? named.get(`${status} ${said.error}`) : coded.get(`${status} ${said.errors[0].code}`)
        assert.ok(known !== undefined, `${api.id}: ${told.code} is shown (${status} ${JSON.stringify(said)})`)
        // Of 400 a contract shows one among many: those of parameters are held above.
        if ('message' in known && status !== 400) assert.equal(said.message, known.message, `${api.id}: ${told.code}`)
      }
    assert.ok(adapted.length > 15, String(adapted.length))
  })
})

const reasons: Readonly<Record<string, Pick<ContractBreach, 'kind' | 'given'>>> = {
  'Parameter is missing': { kind: 'required' },
  'Parameter is invalid': { kind: 'format' },
  'Parameter is repeated': { kind: 'format', given: 'twice' },
  'Parameter is misnamed': { kind: 'format', given: 'otherwise' },
  'Parameter breaks a rule': { kind: 'rule' },
}

/** What an operation may say, for that reason, of one of its parameters. */
function saidOf(api: ApiVersion, operation: Operation, reason: string): readonly unknown[] {
  const breach = reasons[reason]
  assert.ok(breach, reason)
  const { parameters = [], 'x-checks': rules = [] } = operation.definition
  const named = parameters.filter(({ required }) => breach.kind !== 'required' || required === true)
  const codes = rules.flatMap((rule) => ('errors' in rule ? Object.values(rule.errors) : [rule.error]))
  const context = { requestId: '', language: 'fr', quota: null, problemsUrl: '', api } as const
  return named.flatMap(({ name }) =>
    (breach.kind === 'rule' ? codes : [undefined]).map((code) => {
      const whole = { ...breach, name, expected: '', ...(code === undefined ? {} : { errorCode: code }) }
      const { body } = dialectOf('api-particulier').refuse(breachRefusal(whole, operation), context)
      return JSON.parse(Buffer.from(body ?? '').toString('utf8'))
    }),
  )
}

/** What an adapter's rules, usual answers, and the way to the provider may end in. */
function possible({ adapter }: ApiVersion): readonly Refusal[] {
  const rules = [
    ...(adapter?.errors ?? []),
    ...Object.values(adapter?.operations ?? {}).flatMap(({ errors }) => errors),
  ]
  const usual = [401, 404, 408, 409, 418, 429, 500, 502, 503].map((status) => usualOutcome(status, status === 503))
  return [
    ...usual.map((outcome) => refusal(outcomeRefusals[outcome], { provider: true })),
    ...rules.map(({ is, provider }) => refusal(outcomeRefusals[is], { provider: provider ?? true })),
    ...(['upstream/unresolved', 'upstream/untrusted', 'upstream/broken', 'upstream/late'] as const).map((code) =>
      refusal(code),
    ),
  ]
}
