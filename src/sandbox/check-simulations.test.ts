import assert from 'node:assert/strict'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { ApiVersion } from '#contract'
import { checkSimulations } from './check-simulations.js'
import { apiNamed, loadApis } from './fixtures/wire.fixture.js'

describe('checking simulations', () => {
  let folder: string
  let api: ApiVersion
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'portique-check-'))
    api = { ...apiNamed(await loadApis('platforms/demo'), 'annuaire'), source: { kind: 'folder', folder } }
  })
  after(() => rm(folder, { recursive: true }))

  it('finds the shipped ones right, data included', async () => {
    assert.deepEqual(await checkSimulations(await loadApis()), [])
  })

  const lines = (operation: string, fields: string) =>
    [
      'refusal: { status: 400, texts: {} }',
      'datasets: { rows: { file: rows.jsonl } }',
      'operations:',
      `  ${operation}:`,
      `    collection: { dataset: rows, parameters: { nature: { filter: { by: equal, fields: [${fields}] } } }, whole: { status: 200 } }`,
    ].join('\n')
  const check = async (simulation: string, rows: string) => {
    await writeFile(join(folder, 'simulation.yaml'), simulation)
    await writeFile(join(folder, 'rows.jsonl'), rows)
    return (await checkSimulations([api])).map(({ reason, line }) => `${line} ${reason}`)
  }

  it('tells operations, fields and data that do not exist', async () => {
    assert.deepEqual(await check(lines('listerServices', 'nature'), '{"nature":"x"}'), [])
    assert.deepEqual(await check(lines('GET /services', 'nature'), '{"nature":"x"}'), [])
    assert.match(
      (await check(lines('GET /service', 'nature'), '{"nature":"x"}'))[0] ?? '',
      /^4 the contract has no operation/,
    )
    assert.match(
      (await check(lines('listerServices', 'natrue'), '{"nature":"x"}'))[0] ?? '',
      /no row of the dataset "rows" has the field "natrue"/,
    )
    assert.match((await check(lines('listerServices', 'nature'), '{"nature":'))[0] ?? '', /rows\.jsonl:1 \(not JSON\)/)
  })

  it('has nothing to say of an API without simulation', async () => {
    await rm(join(folder, 'simulation.yaml'))
    assert.deepEqual(await checkSimulations([api, { ...api, source: { kind: 'store' } }]), [])
  })
})
