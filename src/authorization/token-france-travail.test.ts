import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clientCredentials, exampleAuthorization, json } from '../../test/example/authorization.js'

const path = '/connexion/oauth2/access_token?realm=%2Fpartenaire'
const scope = 'api_offresdemploiv2 offresdemploi.read'

test('a token as documented: keys, headers, lifetime, order of the scopes', async (t) => {
  const { post, application } = await exampleAuthorization(t)
  const client = await application('france-travail', 'offresdemploi')
  const answer = await post(path, clientCredentials(client, scope))
  assert.equal(answer.status, 200)
  assert.equal(answer.headers.get('content-type'), 'application/json;charset=UTF-8')
  assert.equal(answer.headers.get('cache-control'), 'no-store')
  assert.equal(answer.headers.get('pragma'), 'no-cache')
  assert.equal(answer.headers.get('access-control-allow-origin'), null)
  assert.match(answer.headers.get('x-request-id') ?? '', /^[0-9a-f]{32}$/)
  const text = await answer.text()
  const { access_token: token } = JSON.parse(text)
  assert.match(token, /^[\w-]{43}$/)
  assert.equal(text, `{"access_token":"${token}","scope":"${scope}","token_type":"Bearer","expires_in":1499}`)
})

test('every form of the realm seen in use is understood', async (t) => {
  const { post, application } = await exampleAuthorization(t)
  const client = await application('france-travail', 'offresdemploi')
  const paths = [
    '/connexion/oauth2/access_token?realm=%2Fpartenaire',
    '/connexion/oauth2/access_token?realm=/partenaire',
    '/connexion/oauth2/access_token?realm=partenaire',
    '/connexion/oauth2/access_token?realm=%2Fpartner',
    '/connexion/oauth2/acces_token?realm=%2Fpartenaire',
    '/connexion/oauth2/realms/root/realms/partenaire/access_token',
  ]
  for (const each of paths) assert.equal((await post(each, clientCredentials(client, scope))).status, 200, each)
})

test('the documented errors, to the letter, each with a line in the log', async (t) => {
  const { post, application, logged } = await exampleAuthorization(t)
  const client = await application('france-travail', 'offresdemploi')
  const good = clientCredentials(client, scope)
  const failed = '{"error":"invalid_client","error_description":"Client authentication failed"}'
  const without = (...names: string[]) =>
    Object.fromEntries(Object.entries(good).filter(([name]) => !names.includes(name)))
  const strangers = /realm|unknown client|missing id|only the grant type/
  const noRealm = '/connexion/oauth2/access_token'
  const cases: [string, string, string | Record<string, string>, string][] = [
    ['wrong secret', path, { ...good, client_secret: 'f'.repeat(64) }, failed],
    ['unknown client', path, { ...good, client_id: 'PAR_unknown' }, failed],
    ['missing id', path, without('client_id'), failed],
    ['missing secret', path, without('client_secret'), failed],
    ['only the grant type', path, { grant_type: 'client_credentials' }, failed],
    ['blank at the end of the secret', path, { ...good, client_secret: `${client.secret} ` }, failed],
    ['newline at the end of the secret', path, { ...good, client_secret: `${client.secret}\n` }, failed],
    ['no realm', noRealm, good, failed],
    ['realm in the body', noRealm, { ...good, realm: '/partenaire' }, failed],
    ['unknown realm', `${noRealm}?realm=%2Fnulle-part`, good, failed],
    ['realm twice', `${path}&realm=%2Fpartenaire`, good, failed],
    [
      'one unknown scope',
      path,
      { ...good, scope: `${scope} api_quinexistepasv0` },
      '{"error":"invalid_scope","error_description":"Unknown/invalid scope(s): [api_quinexistepasv0]"}',
    ],
    [
      'two unsubscribed scopes',
      path,
      { ...good, scope: 'api_romev2 api_offresdemploiv2 rome.read' },
      '{"error":"invalid_scope","error_description":"Unknown/invalid scope(s): [api_romev2, rome.read]"}',
    ],
    [
      'no scope',
      path,
      without('scope'),
      '{"error":"invalid_scope","error_description":"No scope requested and no default scope configured"}',
    ],
    [
      'another grant',
      path,
      { ...good, grant_type: 'password' },
      '{"error":"unsupported_grant_type","error_description":"Grant type is not supported: password"}',
    ],
    [
      'a bad scope with a wrong secret says nothing of scopes',
      path,
      { ...good, client_secret: 'x', scope: 'y' },
      failed,
    ],
  ]
  for (const [name, at, form, body] of cases) {
    const answer = await post(at, form)
    assert.equal(answer.status, 400, name)
    assert.equal(answer.headers.get('content-type'), 'application/json', name)
    const requestId = answer.headers.get('x-request-id') ?? ''
    assert.match(requestId, /^[0-9a-f]{32}$/, name)
    const told = logged().filter((line) => line.requestId === requestId)
    const { error } = JSON.parse(body)
    // A realm that is not known has no name, and so has a client that nobody has proven to be.
    assert.deepEqual(
      told.map((line) => [line.realm, line.client, line.error]),
      [[/realm/.test(name) ? '' : 'france-travail/partenaire', strangers.test(name) ? '' : client.id, error]],
      name,
    )
    assert.match(told[0]?.event, error === 'invalid_client' ? /refused$/ : /^authorization\.refused$/, name)
    assert.equal(answer.headers.get('cache-control'), 'no-store', name)
    assert.equal(await answer.text(), body, name)
  }
})

test('HTTP Basic, where post is due, fails as a wrong client does', async (t) => {
  const { post, application } = await exampleAuthorization(t)
  const client = await application('france-travail', 'offresdemploi')
  const authorization = `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString('base64')}`
  const answer = await post(path, { grant_type: 'client_credentials', scope }, { authorization })
  assert.equal(answer.status, 400)
  assert.equal(answer.headers.get('www-authenticate'), null)
  assert.equal((await json(answer)).error, 'invalid_client')
})

test("the application's own scope is accepted and dropped, another application's is refused", async (t) => {
  const { post, application } = await exampleAuthorization(t)
  const client = await application('france-travail', 'offresdemploi')
  const own = await post(path, clientCredentials(client, `application_${client.id} ${scope}`))
  assert.equal((await json(own)).scope, scope)
  const others = await post(path, clientCredentials(client, `application_PAR_x ${scope}`))
  assert.equal((await json(others)).error_description, 'Unknown/invalid scope(s): [application_PAR_x]')
  const alone = await post(path, clientCredentials(client, `application_${client.id}`))
  assert.equal((await json(alone)).error, 'invalid_scope')
})

test('the sandbox has its own scope, subscribed on its own', async (t) => {
  const { post, application, access } = await exampleAuthorization(t)
  const client = await application('france-travail', 'offresdemploi')
  const sandbox = () => post(path, clientCredentials(client, 'api_testoffresdemploiv2'))
  assert.equal((await sandbox()).status, 400)
  await access().subscribe({
    applicationId: client.id,
    api: 'offresdemploi',
    environment: 'sandbox',
    actor: 'test',
  })
  assert.equal((await sandbox()).status, 200)
})
