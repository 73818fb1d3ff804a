import assert from 'node:assert/strict'
import { test } from 'node:test'
import { oldNode } from './old-node.js'

test('an older Node is told how to start the right one, the right one nothing', () => {
  assert.match(oldNode('20.20.2') ?? '', /This is Node 20\.20\.2[\s\S]*npm run portique -- <command>/)
  for (const version of [process.versions.node, '26.0.0', '30.1.0']) assert.equal(oldNode(version), null)
})
