import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { startEveryAdapted } from '../fixtures/api-particulier.fixture.js'
import { type Behaviour, type Provider, startProvider } from '../fixtures/provider.fixture.js'
import { type AdaptedExchange, adaptedExchanges } from './every-adapter.fixture.js'

/** Those of `adapted-upstream.test.ts`. */
const elsewhere = ['dss-quotient-familial/3', 'mesri-statut-etudiant/3', 'france-travail-statut/3']

const json = (body: unknown, { status = '200 OK', headers = '' } = {}): Behaviour => {
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
  return (socket) =>
    socket.write(`HTTP/1.1 ${status}\r\n${headers}Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`)
}

const secretNames = [
  ...['key', 'cnous_key', 'cnav_key', 'dss_quotient_familial_key'],
  ...['men_user', 'men_password', 'mesri_user', 'mesri_password'],
]

interface Told {
  readonly status: number
  readonly retryAfter: string | null
  readonly text: string
}

/** What each failure is told as: status and code of version 3 and later, status and name of version 2. */
const failures: readonly (readonly [string, Behaviour, string, string])[] = [
  ['someone unknown', json(undefined, { status: '404 Not Found' }), '404 003', '404 not_found'],
  ['silence', () => {}, '504 002', '504 timeout_error'],
  ['broken JSON', json('{"nom":"ROUSSEL"'), '502 999', '503 provider_unknown_error'],
  ['a body against the contract', json({}), '502 999', '503 provider_unknown_error'],
  ['a fault', json({ trace: 'ROUSSEL' }, { status: '500 Oops' }), '502 000', '503 data_provider_error'],
  ['down', json(undefined, { status: '503 Down' }), '502 001', '503 data_provider_error'],
  ['a hang up', (socket) => socket.destroy(), '502 000', '503 provider_unknown_error'],
  ['a refused key', json(undefined, { status: '401 Who' }), '502 006', '503 data_provider_error'],
]

/** How the end of a registration is written, by API. */
const ended: Readonly<Record<string, (day: unknown) => object>> = {
  'france-travail-indemnites/3': (day) => ({ fin: french(day) }),
  'paiements-pole-emploi/2': (day) => ({ fin: french(day) }),
  'situations-pole-emploi/2': (day) => ({ dateFin: day === null ? null : `${day}T00:00:00+01:00` }),
}
const french = (day: unknown) => (day === null ? null : String(day).split('-').reverse().join('/'))

describe('every adapter of API Particulier', () => {
  let provider: Provider
  let person: Readonly<Record<string, string>> | undefined
  let gateway: Awaited<ReturnType<typeof startEveryAdapted>>
  before(async () => {
    provider = await startProvider()
    gateway = await startEveryAdapted(provider.url, {
      secrets: Object.fromEntries(secretNames.map((name) => [name, 'key-of-the-provider'])),
      verified: () => (person === undefined ? {} : { subject: 's', person }),
    })
  })
  after(async () => {
    await gateway.stop()
    await provider.stop()
  })
  const ask = async (one: AdaptedExchange): Promise<Told> => {
    person = one.person
    const response = await fetch(`http://127.0.0.1:${gateway.port}${one.target}`, {
      headers: { Authorization: 'Bearer good' },
    })
    return { status: response.status, retryAfter: response.headers.get('retry-after'), text: await response.text() }
  }
  /** A good call between, so that the address is never set aside. */
  const askWith = async (one: AdaptedExchange, behaviour: Behaviour): Promise<Told> => {
    provider.behave(json(one.said))
    await ask(one)
    provider.behave(behaviour)
    return ask(one)
  }

  it('has a call here, or a test of its own', () => {
    const tested = new Set([...elsewhere, ...adaptedExchanges.map(({ api }) => api)])
    assert.deepEqual(
      gateway.apis.map(({ code, version }) => `${code}/${version}`).filter((name) => !tested.has(name)),
      [],
    )
  })

  for (const one of adaptedExchanges)
    it(`${one.api}: ${one.target.split('?')[0]} asks in the provider's words and answers in those of the contract`, async () => {
      provider.behave(json(one.said))
      provider.asked.length = 0
      const told = await ask(one)
      assert.equal(told.status, 200, told.text)
      const [asked] = provider.asked
      assert.ok(asked !== undefined)
      assert.equal(asked.line.replace(`/${one.api}`, '').replace(' HTTP/1.1', ''), one.asked)
      if (one.sent !== undefined)
        assert.deepEqual(typeof one.sent === 'string' ? asked.body : JSON.parse(asked.body), one.sent)
      assert.deepEqual(JSON.parse(told.text), one.told)
    })

  for (const [api, inscription] of Object.entries(ended))
    it(`${api}: an end of registration before 2010 is nobody found, and one after it somebody`, async () => {
      const one = adaptedExchanges.find((exchange) => exchange.api === api) ?? assert.fail(api)
      const ending = (fin: unknown) =>
        json({
          ...(one.said as object),
          inscription: { ...Reflect.get(one.said as object, 'inscription'), ...inscription(fin) },
        })
      const codes = api.endsWith('/2') ? ['404 not_found', '503 provider_unknown_error'] : ['404 003', '502 999']
      assert.equal(shown(one, await askWith(one, ending('2009-12-31'))), codes[0])
      assert.equal((await askWith(one, ending('2010-01-01'))).status, 200)
      assert.equal((await askWith(one, ending(null))).status, 200)
      assert.equal(shown(one, await askWith(one, ending('bientôt'))), codes[1], 'no date is not taken for none')
    })

  const firsts = [...new Map(adaptedExchanges.toReversed().map((one) => [one.api, one])).values()]
  for (const one of firsts)
    for (const [kind, behaviour, coded, named] of failures)
      it(`${one.api}: ${kind}`, async () => {
        const told = await askWith(one, behaviour)
        assert.equal(shown(one, told), one.api.endsWith('/2') ? named : coded, told.text)
        assert.equal(told.retryAfter, null)
        assert.ok(!told.text.includes('ROUSSEL'))
      })

  for (const one of firsts)
    it(`${one.api}: a wait is passed on, and marked as the provider's`, async () => {
      for (const [status, coded, named] of [
        ['503 Down', '503 020', '503 data_provider_error'],
        ['429 Slow', '502 008', '503 data_provider_error'],
      ] as const) {
        const told = await askWith(one, json(undefined, { status, headers: 'Retry-After: 120\r\n' }))
        const isOld = one.api.endsWith('/2')
        assert.equal(shown(one, told), isOld ? named : coded, told.text)
        assert.equal(told.retryAfter, '120')
        if (isOld) assert.match(JSON.parse(told.text).message, / Le fournisseur demande d’attendre 120 s\.$/)
        else assert.equal(JSON.parse(told.text).errors[0].meta.retry_in, 120)
      }
    })

  it('leaves nothing that the caller or the provider said in the log', () => {
    assert.ok(gateway.lines.length > 100, String(gateway.lines.length))
    const all = gateway.lines.join('\n').replace(/[0-9a-f]{32}/g, '')
    for (const word of ['oussel', 'ROUSSEL', '990000001', '1985', '75101', '2345678', '13002526500013', 'key-of-the'])
      assert.ok(!all.includes(word), word)
    assert.match(all, /nothing stands there/)
  })
})

/** Status and code without the provider's number, or status and name. */
function shown({ api }: AdaptedExchange, { status, text }: Told): string {
  const body = JSON.parse(text)
  return `${status} ${api.endsWith('/2') ? body.error : String(body.errors[0].code).slice(2)}`
}
