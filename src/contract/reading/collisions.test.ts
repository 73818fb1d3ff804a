import assert from 'node:assert/strict'
import { it } from 'node:test'
import { loadPlatforms } from '../load-platforms.js'
import { type Files, onDisk, soundPlatform } from '../platform-on-disk.js'

const platformFile = 'house/platform.yaml'
const apiFile = 'house/apis/books/1/api.yaml'
const mistakesOf = (files: Files) =>
  onDisk({ ...soundPlatform, ...files }, async (folder) => (await loadPlatforms(folder)).mistakes)

it('no API takes an address of a realm, of its own platform or another', async () => {
  const zoo = soundPlatform[platformFile].replace('id: house', 'id: zoo').replace('/house/', '/zoo/')
  const reasonsOf = async (path: string, issuer: string, flow = 'client_credentials') => {
    const flows = `issuer_path: ${issuer}, flows: [${flow}]`
    const mistakes = await mistakesOf({
      'zoo/platform.yaml': zoo.replace('flows: [client_credentials]', flows),
      [apiFile]: soundPlatform[apiFile].replace('code: books', `code: books\npath: "${path}"`),
    })
    return mistakes.map(({ file, reason }) => `${file.replace(/.*?house/, 'house')}: ${reason}`)
  }
  const told = (address: string) => [
    `${apiFile}: its paths collide with "${address}", an address of the realm "people" of "zoo"`,
  ]
  assert.deepEqual(await reasonsOf('/sign/in/token', '/sign/in'), told('/sign/in/token'))
  assert.deepEqual(await reasonsOf('/sign', '/sign/in'), told('/sign/in/token'))
  assert.deepEqual(await reasonsOf('/sign/{any}/jwks', '/sign/in'), told('/sign/in/jwks'))
  assert.deepEqual(await reasonsOf('/sign/in/interaction/x', '/sign/in'), [])
  assert.deepEqual(
    await reasonsOf('/sign/in/interaction/x', '/sign/in', 'authorization_code'),
    told('/sign/in/interaction'),
  )
  assert.deepEqual(await reasonsOf('/sign/in/books', '/sign/in'), [])
  const own = soundPlatform[platformFile].replace('flows:', 'issuer_path: /house/books/v1, flows:')
  const mistakes = await mistakesOf({ [platformFile]: own })
  assert.deepEqual(
    mistakes.map(({ reason }) => reason),
    ['its paths collide with "/house/books/v1/token", an address of the realm "people" of "house"'],
  )
})
