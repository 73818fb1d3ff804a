import assert from 'node:assert/strict'
import type { Socket } from 'node:net'
import { test } from 'node:test'
import { isLocal } from './local-host.js'

test('only the machine itself, under its own name', () => {
  const from = (remoteAddress: string | undefined) => ({ socket: { remoteAddress } as Socket })
  for (const address of ['127.0.0.1', '127.8.8.8', '::1', '::ffff:127.0.0.1'])
    for (const host of ['localhost', 'localhost:80', '127.0.0.1:8080', '[::1]', '[::1]:8080'])
      assert.equal(isLocal(host, from(address)), true, `${host} from ${address}`)
  for (const address of ['10.0.0.1', '::ffff:10.0.0.1', '2001:db8::1', '', undefined])
    assert.equal(isLocal('localhost', from(address)), false, `from ${address}`)
  for (const host of ['localhost.example', 'example', '127.0.0.2', '', 'localhost:', '127.0.0.1.example'])
    assert.equal(isLocal(host, from('127.0.0.1')), false, host)
})
