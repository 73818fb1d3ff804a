import assert from 'node:assert/strict'
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const portique = 'dist/portique/main.js'
const folder = mkdtempSync(join(tmpdir(), 'portique-guides-'))
const environment = { ...process.env, PORTIQUE_DATA: folder, PORT: '0', DATABASE_URL: '', VALKEY_URL: '' }
const children: ChildProcess[] = []

before(async () => {
  start([portique, 'dev'])
  await until(() => existsSync(join(folder, 'dev.json')))
})

after(async () => {
  for (const child of children) {
    child.kill('SIGTERM')
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit')
  }
  rmSync(folder, { recursive: true })
})

test('the integrator’s guide: openid-client', async () => {
  const [code = ''] = codeOf('docs/guides/integrator.md')
  assert.match(code, /from 'openid-client'/)
  assert.match(await evaluate(code), /^206 offres 0-1\/\d+ 2\n$/)
})

test('the integrator’s guide: oauth4webapi, waiting at 429', async () => {
  const [, code = ''] = codeOf('docs/guides/integrator.md')
  assert.match(code, /from 'oauth4webapi'/)
  assert.equal(await evaluate(code), `${Array(20).fill('206').join(' ')}\n`)
})

test('the provider’s guide: jose', async () => {
  const [code = ''] = codeOf('docs/guides/provider.md')
  const { url } = JSON.parse(readFileSync(join(folder, 'dev.json'), 'utf8'))
  const own = `http://localhost:${await freePort()}`
  start(['--input-type=module', '--eval', code], { PORTIQUE: url, OWN: own })
  await until(async () => (await fetch(own).catch(() => null))?.status === 401)
  const call = await publish(own)
  const answer = await call()
  assert.equal(answer.status, 200)
  const { caller, scope } = (await answer.json()) as { caller: string; scope: string }
  assert.match(caller, /^cli_/)
  assert.equal(scope, 'api_horairesv1')
})

/** Publishes as the guide says; the printed token request and call are sent from here. */
async function publish(upstream: string): Promise<() => Promise<Response>> {
  const file = join(folder, 'horaires.yaml')
  writeFileSync(file, document)
  const words = ['publish', file, '--platform', 'demo', '--upstream', `${upstream}/v1`]
  const { stdout } = await run(process.execPath, [portique, ...words], { env: environment })
  const [production = ''] = stdout.split('The sandbox answers')
  const [tokenUrl = '', callUrl = ''] = [...production.matchAll(/http:\S+/g)].map(([address]) => address)
  const form = new URLSearchParams(
    [...production.matchAll(/-d '?(\w+)=([^\s');]+)/g)].map(([, name = '', value = '']) => [name, value]),
  )
  const granted = await fetch(tokenUrl, { method: 'POST', body: form })
  const { access_token } = (await granted.json()) as { access_token: string }
  return () => fetch(callUrl, { headers: { Authorization: `Bearer ${access_token}` } })
}

const document = `openapi: 3.1.0
info: { title: Horaires, version: 1.2.0 }
paths:
  /horaires/{commune}:
    get:
      operationId: lireHoraires
      parameters:
        - { name: commune, in: path, required: true, schema: { type: string }, example: "75101" }
      responses:
        "200":
          description: Les horaires de la mairie.
          content: { application/json: { schema: { type: object }, example: { ouvert: true } } }
`

const codeOf = (path: string): readonly string[] =>
  [...readFileSync(path, 'utf8').matchAll(/^```js\n((?:.|\n)*?)^```$/gm)].map(([, code = '']) => code)

async function evaluate(code: string): Promise<string> {
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', code], { env: environment })
  return stdout
}

function start(words: readonly string[], more: Readonly<Record<string, string>> = {}): void {
  children.push(spawn(process.execPath, words, { env: { ...environment, ...more }, stdio: 'ignore' }))
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(50)
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  return typeof address === 'object' && address !== null ? address.port : 0
}
