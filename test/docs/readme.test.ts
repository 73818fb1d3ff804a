import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { embeddedStore } from '../start/place.js'
import { sharedPortique } from '../start/portique.js'

describe('the README', () => {
  const portique = sharedPortique(embeddedStore)

  test('shows the ready block as a start prints it, without the lines to paste', () => {
    const [, shown = ''] = /```\n( {2}Portique is ready[\s\S]+?)```/.exec(readFileSync('README.md', 'utf8')) ?? []
    assert.deepEqual(
      skeleton(shown),
      skeleton(
        portique()
          .stdout()
          .replaceAll(/^( {2}# \d+\. .+)\n.+$/gm, '$1'),
      ),
    )
  })
})

/** Lines of the block, without what differs from start to start. */
const skeleton = (block: string): readonly string[] =>
  block
    .replace(/in \d+ ms/, 'in … ms')
    .replace(/localhost:\d+/, 'localhost')
    .replace(/(For scripts +).*/, '$1dev.json')
    .replaceAll(/(client_(?:id|secret) +).*/g, '$1…')
    .split('\n')
    .filter((line) => line.trim() !== '')
