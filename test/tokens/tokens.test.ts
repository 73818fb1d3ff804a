import assert from 'node:assert/strict'
import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { describe, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import { runCommand } from '../start/command.js'
import { control } from '../start/control.js'
import { storeKinds } from '../start/place.js'
import { ownPortique } from '../start/portique.js'
import { head, sendRaw } from '../start/raw.js'
import { brief, callWith, hosts, newTenant, newToken, passDays, quotient, tokenCommand } from './token-story.js'

const withSecret = z.object({ application: z.object({ id: z.string() }), secret: z.object({ value: z.string() }) })
const replaced = z.object({ token: z.object({ token: z.string() }) })

for (const kind of storeKinds)
  describe(`long-lived tokens of API Particulier, on the ${kind.name}`, () => {
    const portique = ownPortique(kind)
    const call = async (token: string | null, more = {}) => brief(await callWith(portique(), token, more))

    test('a token opens, wherever it is carried, and shows what its scopes let see', async () => {
      const { token } = await newToken(portique())
      const seen = await callWith(portique(), token)
      assert.equal(seen.status, 200, seen.text)
      assert.deepEqual(Object.keys(JSON.parse(seen.text).data), ['quotient_familial'])
      assert.equal(await call(null, { headers: { 'x-api-key': token } }), '200')
      assert.equal(await call(null, { target: `${quotient}&token=${token}` }), '200')
    })

    test('missing, malformed, forged and foreign tokens are refused, each with its code', async () => {
      const { token, id } = await newToken(portique())
      const [header = '', payload = '', signature = ''] = token.split('.')
      const forged = (key: Buffer, jti: string) => {
        const claims = { ...JSON.parse(Buffer.from(payload, 'base64url').toString()), jti }
        const body = `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}`
        return `${body}.${createHmac('sha256', key).update(body).digest('base64url')}`
      }
      const none = Buffer.from('{"alg":"none"}').toString('base64url')
      const refused = {
        missing: null,
        'no token at all': 'jeton',
        'cut short': token.slice(0, -4),
        padded: `${token}==`,
        'two parts': `${header}.${payload}`,
        'alg none': `${none}.${payload}.${signature}`,
        'signed by a stranger': forged(randomBytes(32), id),
        'an older kind of token': randomBytes(20).toString('hex'),
        'an unsigned token of another person': forged(Buffer.alloc(0), randomUUID()),
      }
      for (const [name, value] of Object.entries(refused)) assert.equal(await call(value), '401 00101', name)
      const foreign = await callWith(portique(), token, { target: '/demo/annuaire/v1/services' })
      assert.equal(foreign.status, 401)
      assert.match(foreign.text, /another platform|autre plateforme/)
      const ours = portique().dev.applications.find((each) => each.platform === 'demo')
      assert.ok(ours)
      const answer = await control(portique(), 'POST', '/tokens', {
        applicationId: ours.client_id,
        title: 'x',
        scopes: ['annuaire'],
      })
      assert.equal(answer.status, 409, 'the demo platform has no such tokens')
    })

    test('revoked: the next call is refused', async () => {
      const { token, id } = await newToken(portique())
      assert.equal(await call(token), '200')
      assert.match(await tokenCommand(portique(), 'revoke', id), /Blocked\. Its next call is refused/)
      assert.equal(await call(token), '401 00105')
      assert.equal(await call(token), '401 00105')
      assert.match(await tokenCommand(portique(), 'revoke', id), /nothing changed/)
      const v2 = await callWith(portique(), null, { target: '/api/introspect', headers: { 'x-api-key': token } })
      assert.equal(v2.status, 401)
      assert.match(v2.text, /^\{"errors":\[/, 'the flat shape of version 2')
    })

    test('its application may ask about it, though the realm gives tokens to people alone', async () => {
      const request = { platform: 'api-particulier', name: 'Mairie de Bron' }
      const { application, secret } = withSecret.parse(
        (await control(portique(), 'POST', '/applications', request)).json,
      )
      const { token, id } = await newToken(portique(), { applicationId: application.id })
      const form = { token, client_id: application.id, client_secret: secret.value }
      const address = `${portique().url}/connexion/api-particulier/france-connect/introspect`
      const answer = await fetch(address, { method: 'POST', body: new URLSearchParams(form) })
      assert.match(await answer.text(), new RegExp(`^\\{"active":true,.*"jti":"${id}"`))
    })

    test('a token of the sandbox is refused by production, and the other way round', async () => {
      const sandbox = portique().dev.tokens.find((each) => each.environment === 'sandbox')?.token ?? ''
      const production = portique().dev.tokens.find((each) => each.environment === 'production')?.token ?? ''
      const at = async (host: string, token: string) => {
        const answer = await sendRaw(
          portique().port,
          head(`GET ${quotient} HTTP/1.1`, `Host: ${host}`, `Authorization: Bearer ${token}`),
        )
        return `${answer.status} ${/"code":"(\d{5})"/.exec(answer.body)?.[1] ?? ''}`.trim()
      }
      assert.equal(await at(hosts.sandbox, sandbox), '200')
      assert.equal(await at(hosts.production, production), '200')
      assert.equal(await at(hosts.production, sandbox), '401 00109')
      assert.equal(await at(hosts.sandbox, production), '401 00108')
      const prefixed = (environment: string) => ({ target: `/api-particulier/${environment}${quotient}` })
      assert.equal(await call(sandbox, prefixed('production')), '401 00109')
      assert.equal(await call(sandbox, prefixed('sandbox')), '200')
    })

    test('an address outside the list is refused', async () => {
      const elsewhere = await newToken(portique(), { networks: ['203.0.113.0/24', '2001:db8::/32'] })
      assert.equal(await call(elsewhere.token), '403 00107')
      assert.equal(
        await call(elsewhere.token, { headers: { 'x-forwarded-for': '203.0.113.7' } }),
        '403 00107',
        'what a caller says of itself counts for nothing',
      )
      const here = await newToken(portique(), { networks: ['203.0.113.0/24', '127.0.0.0/8', '::1'] })
      assert.equal(await call(here.token), '200')
    })

    test('its addresses and its limit are changed by command and by the control API, from the next call on', async () => {
      const { id, token } = await newToken(portique())
      assert.equal(await call(token), '200')
      const set = await tokenCommand(portique(), 'set', id, '--allow-from', '203.0.113.0/24', '2001:db8::/32')
      assert.match(set, /allowed from +203\.0\.113\.0\/24 2001:db8::\/32\n/)
      assert.equal(await call(token), '403 00107')
      await tokenCommand(portique(), 'set', id, '--allow-from', '127.0.0.1', '::1', '--calls-per-minute', '2')
      assert.deepEqual([await call(token), await call(token), await call(token)], ['200', '200', '429 00429'])
      const patch = (body: object) => control(portique(), 'PATCH', `/tokens/${id}`, body)
      const { status, json } = await patch({ networks: [], callsPerMinute: null })
      assert.equal(status, 200, JSON.stringify(json))
      assert.equal(await call(token), '200')
      assert.doesNotMatch(await tokenCommand(portique(), 'show', id), /allowed from|limit/)
      for (const body of [{}, { networks: '127.0.0.1' }, { networks: ['0.0.0.0/0', 'all'] }, { scopes: [] }, null])
        assert.equal((await patch(body as object)).status, 400, JSON.stringify(body))
      assert.equal((await control(portique(), 'PATCH', `/tokens/${randomUUID()}`, { networks: [] })).status, 404)
      await tokenCommand(portique(), 'revoke', id)
      assert.equal((await patch({ networks: [] })).status, 409)
    })

    test('a limit of its own counts all APIs together', async () => {
      const { token } = await newToken(portique(), {
        callsPerMinute: 3,
        scopes: ['cnaf_quotient_familial', 'pole_emploi_identifiant'],
      })
      const other = {
        target: '/v3/france_travail/statut/identifiant?recipient=13002526500013&identifiant=angela.martin',
      }
      // Three are answered; up to six where a minute ends between them.
      const seen = [await callWith(portique(), token, other)]
      while (seen.at(-1)?.status === 200 && seen.length <= 6)
        seen.push(await callWith(portique(), token, seen.length % 2 === 0 ? other : {}))
      assert.ok(seen.length >= 4, `refused at call ${seen.length}`)
      const refused = seen.at(-1) ?? assert.fail()
      assert.equal(brief(refused), '429 00429')
      assert.match(refused.headers.get('retry-after') ?? '', /^([1-9]|[1-5]\d|60)$/)
      assert.equal(refused.headers.get('ratelimit-limit'), '3')
    })

    test('a scope of another API, and a right that the habilitation does not give, are refused', async () => {
      const { token } = await newToken(portique(), { scopes: ['mesri_identite'] })
      assert.equal(await call(token), '403 00100')
      const byIne = { target: '/v3/mesri/statut_etudiant/ine?recipient=13002526500013&ine=990000001HH' }
      assert.equal(await call(token, byIne), '403 00100')
      const school = await newToken(portique(), { scopes: ['mesri_identite'], rights: ['sphere-educative'] })
      assert.equal(await call(school.token, byIne), '200')
      const v2 = { target: '/api/v2/etudiants?ine=990000001HH' }
      assert.equal(await call(token, v2), '401')
      assert.equal(await call(school.token, v2), '200')
    })

    test('a suspended application has no token that works', async () => {
      const applicationId = await newTenant(portique())
      const { token } = await newToken(portique(), { applicationId })
      assert.equal(await call(token), '200')
      await control(portique(), 'POST', `/applications/${applicationId}/suspension`)
      assert.equal(await call(token), '401 00105')
      await control(portique(), 'DELETE', `/applications/${applicationId}/suspension`)
      assert.equal(await call(token), '200')
    })

    test('revocation under load: no call that begins after it is admitted', async () => {
      const { token, id } = await newToken(portique())
      let revoked = false
      const late: string[] = []
      const caller = async () => {
        for (let calls = 0; calls < 30; calls += 1) {
          const after = revoked
          const seen = await call(token)
          if (after && seen !== '401 00105') late.push(seen)
        }
      }
      const callers = Array.from({ length: 4 }, caller)
      await sleep(30)
      const { status } = await control(portique(), 'DELETE', `/tokens/${id}`)
      revoked = true
      assert.equal(status, 200)
      await Promise.all(callers)
      assert.deepEqual(late, [])
    })

    test('of 50 replacements at once one wins', async () => {
      const { token, id } = await newToken(portique())
      const answers = await Promise.all(
        Array.from({ length: 50 }, () => control(portique(), 'POST', `/tokens/${id}/replacement`, {})),
      )
      const won = answers.filter(({ status }) => status === 201)
      assert.equal(won.length, 1)
      assert.ok(answers.every(({ status }) => status === 201 || status === 409))
      assert.equal(await call(token), '200', 'the old one goes on until its date')
      const { token: next } = replaced.parse(won[0]?.json)
      assert.equal(await call(next.token), '200')
    })

    test('a whole life: too early to renew, renewed, replaced, ended', async () => {
      const applicationId = await newTenant(portique())
      const made = await tokenCommand(
        portique(),
        ...['create', applicationId, '--title', 'Cantine', '--scope', 'cnaf_quotient_familial', 'cnaf_enfants'],
        ...['--recipient', '13002526500013', '--habilitation', 'DP-12', '--calls-per-minute', '600'],
      )
      const id = /^ +id +(\S+)$/m.exec(made)?.[1] ?? ''
      const token = /^ +token +(\S+)$/m.exec(made)?.[1] ?? ''
      assert.match(made, /habilitation +DP-12\n +recipient +13002526500013\n +limit +600 calls a minute/)
      const early = await runCommand(portique().place, ['token', 'renew', id])
      assert.equal(early.code, 1)
      assert.match(early.stderr, /not in its last days yet/)
      await passDays(portique(), 460)
      assert.equal(await call(token), '200')
      assert.match(await tokenCommand(portique(), 'renew', id), /state +live/)
      await passDays(portique(), 100)
      assert.equal(await call(token), '200', 'the text of before goes on working')
      const replaced = await tokenCommand(portique(), 'replace', id, '--after', '10')
      const next = /^ +token +(\S+)$/m.exec(replaced)?.[1] ?? ''
      assert.match(replaced, new RegExp(`The old one, ${id}, is blocked from \\d{4}-`))
      assert.deepEqual([await call(token), await call(next)], ['200', '200'])
      await passDays(portique(), 11)
      assert.deepEqual([await call(token), await call(next)], ['401 00105', '200'])
      const list = await tokenCommand(portique(), 'list', '--application', applicationId)
      assert.match(list, /LAST USE[\s\S]*The last use is written every 30 seconds/)
      assert.match(replaced, /last use +none \(written every 30 seconds\)/)
      assert.match(list, /Cantine.* live .*\n.*Cantine.* blocked /)
      await passDays(portique(), 548)
      assert.equal(await call(next), '401 00103')
      assert.match(await tokenCommand(portique(), 'show', id), /state +blocked, replaced by /)
    })

    test('bad input is told, and changes nothing', async () => {
      const { place } = portique()
      const applicationId = await newTenant(portique())
      const create = ['create', applicationId, '--title', 'x', '--scope', 'cnaf_quotient_familial']
      const bad: readonly (readonly [readonly string[], RegExp])[] = [
        [['create', applicationId], /scope|title/],
        [['create', 'cli_nobody', '--title', 'x', '--scope', 'y'], /Unknown application/],
        [['create', applicationId, '--title', 'x', '--scope', 'cnaf_quotient'], /Did you mean: cnaf_quotient_familial/],
        [[...create, '--recipient', '13002526500014'], /SIRET/],
        [[...create, '--allow-from', 'mairie.fr'], /IP address or a CIDR block/],
        [[...create, '--calls-per-minute', 'many'], /whole number of calls/],
        [[...create, '--calls-per-minute', '0'], /at least 1/],
        [[...create, '--right', 'Éducation'], /A right is written/],
        [['show', 'nothing'], /Unknown token/],
        [['show', '../applications'], /Unknown token/],
        [['renew', randomUUID()], /Unknown token/],
        [['replace', randomUUID(), '--after', 'soon'], /whole number of days/],
        [['revoke', randomUUID()], /Unknown token/],
        [['set', randomUUID()], /Nothing to change/],
        [['set', randomUUID(), '--allow-from', 'any'], /Unknown token/],
        [['set', randomUUID(), '--allow-from', 'any', '::1'], /IP address or a CIDR block/],
        [['set', randomUUID(), '--allow-from', '10.0.0.0/8,::1'], /IP address or a CIDR block/],
        [['set', randomUUID(), '--calls-per-minute', '-1'], /whole number of calls/],
        [['rotate-key', '--overlap', '9999'], /0 to 1830/],
      ]
      for (const [parameters, told] of bad) {
        const { code, stderr } = await runCommand(place, ['token', ...parameters])
        assert.equal(code, 1, parameters.join(' '))
        assert.match(stderr, told)
      }
      for (const body of [
        {},
        { applicationId, scopes: 'all' },
        { applicationId, networks: [1] },
        { applicationId, exp: 1 },
      ]) {
        const { status, json } = await control(portique(), 'POST', '/tokens', body)
        assert.equal(status, 400, JSON.stringify(json))
      }
      assert.match(await tokenCommand(portique(), 'list', '--application', applicationId), /No token/)
    })

    test('last: the key is rotated, then the store is closed and the commands work on it', async () => {
      const { place } = portique()
      const { id, token } = await newToken(portique())
      assert.match(await tokenCommand(portique(), 'rotate-key'), /count until/)
      assert.equal(await call(token), '200')
      await tokenCommand(portique(), 'rotate-key', '--overlap', '0')
      assert.equal(await call(token), '401 00101')
      const again = /^ +token +(\S+)$/m.exec(await tokenCommand(portique(), 'show', id))?.[1] ?? ''
      assert.equal(await call(again), '200')
      assert.deepEqual(await portique().end('SIGTERM'), { code: 0, signal: null })
      const dates = await place.rows(`select last_used_at from api_token where id = '${id}'`)
      assert.ok(Number(dates[0]?.last_used_at) > 0, 'the last use was written')
      assert.equal(/^ +token +(\S+)$/m.exec(await tokenCommand(portique(), 'show', id))?.[1], again)
      assert.match(await tokenCommand(portique(), 'revoke', id), /Blocked/)
      assert.match(await tokenCommand(portique(), 'list'), / blocked /)
    })
  })
