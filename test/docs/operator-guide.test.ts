import assert from 'node:assert/strict'
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { createPlace } from '../start/place.js'
import { mainFile, startProcess } from '../start/portique.js'
import { codeOf, freePort, noShell, runProgram } from './guide-place.js'

test('operator.md: installed, served, backed up, restored with its own lines', {
  skip: noShell,
  timeout: 400_000,
}, async (t) => {
  const place = await createPlace({ name: 'embedded store', databaseUrl: null })
  t.after(() => place.drop())
  const at = (path: string) => join(place.folder, path)
  const port = String(await freePort())
  const here = (text: string) =>
    text
      .replaceAll('/opt/portique/platforms', join(process.cwd(), 'platforms'))
      .replaceAll(/\/(?:etc|var\/lib|var\/log)\/portique/g, (path) => at(path.slice(1)))
      .replaceAll('/backup', at('backup'))
      .replaceAll('localhost:8080', `localhost:${port}`)
      .replace('PORT=8080', `PORT=${port}`)
      .replace('PORTIQUE_METRICS_PORT=9464', 'PORTIQUE_METRICS_PORT=0')
  const lineOf = (words: string) =>
    codeOf('operator.md', 'sh').find((each) => each.includes(words)) ?? assert.fail(`no line says ${words}`)
  const shell = async (...blocks: readonly string[]) => {
    // Who owns which file needs root and a machine; the rest of the line is the guide's.
    const portique = here(lineOf('portique() {'))
      .replace('exec runuser -u portique -- /opt/portique/node_modules/.bin/node', `exec '${process.execPath}'`)
      .replace('/opt/portique/dist/portique/main.js', mainFile)
    const script = [portique, ...blocks.map(here)].join('\n').replaceAll('npm run portique -- ', 'portique ')
    const run = runProgram(t, 'bash', { words: ['--norc', '-euc', script], folder: place.folder })
    await run.ended()
    return run.output()
  }
  for (const folder of ['var/lib/portique', 'var/log/portique', 'backup']) mkdirSync(at(folder), { recursive: true })

  await shell(lineOf('cp -r /opt/portique/platforms/demo'), lineOf('umask 077'))
  assert.equal(statSync(at('etc/portique/environment')).mode & 0o777, 0o600)
  const mairie = at('etc/portique/platforms/mairie')
  for (const [file, from, to] of [
    ['platform.yaml', /^id: demo/m, 'id: mairie'],
    ['apis/annuaire/1/api.yaml', 'production: sandbox', 'production: [{ url: "http://127.0.0.1:9" }]'],
  ] as const)
    writeFileSync(join(mairie, file), readFileSync(join(mairie, file), 'utf8').replace(from, to))
  assert.match(await shell(lineOf('portique check /etc')), /No mistake/)

  const serve = async () => {
    const settings = readFileSync(at('etc/portique/environment'), 'utf8').trim().split('\n')
    const environment = Object.fromEntries(
      settings.map((line) => [line.split('=')[0], line.slice(line.indexOf('=') + 1)]),
    )
    const started = startProcess(['serve'], { PATH: process.env.PATH ?? '', ...environment })
    t.after(() => started.end('SIGKILL'))
    await started.waitFor(() => started.stderr().includes('"serve/ready"'))
    return started
  }
  const first = await serve()
  const [create = '', subscribe = '', ready = ''] = lineOf("application create 'Cantine'").split('\n')
  const id = /client_id +(\S+)/.exec(await shell(create))?.[1] ?? ''
  assert.match(await shell(subscribe.replace('<client_id>', id), ready), /may call mairie\/annuaire\/1[\s\S]*"ready"/)
  await shell(lineOf('store backup').replace(/ +#.*/, ''))
  await shell(`portique application create 'Après' --platform mairie`)
  assert.deepEqual(await first.end('SIGTERM'), { code: 0, signal: null })
  assert.match(await shell(lineOf('store restore')), /Restored\. The store that stood there lies in .*before-restore-1/)
  await serve()
  const listed = await shell('portique application list')
  assert.match(listed, new RegExp(`Cantine .* ${id}`))
  assert.doesNotMatch(listed, /Après/, 'it is the store of the moment of the copy')
})
