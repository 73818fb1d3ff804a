import assert from 'node:assert/strict'
import { test } from 'node:test'
import { evidenceCsvHead, evidenceCsvLine, evidenceRecord } from './evidence-csv.js'

const row = evidenceRecord.parse({
  ...{ id: 'evi_1', at: 1_790_000_000_123, requestId: 'r1', application: 'cli_1', habilitation: null, token: 'jti' },
  ...{ person: 'p', recipient: '13002526500013', api: 'demo/annuaire/1', operation: 'lire', environment: 'production' },
  ...{ method: 'GET', status: 200, refusal: null, fields: ['data.nom', 'data.enfants[].prenoms'] },
})

test('a line has a cell for each name of the head, in its order', () => {
  assert.equal(
    `${evidenceCsvHead}\n${evidenceCsvLine(row)}`,
    `id,at,requestId,application,habilitation,token,person,recipient,api,operation,environment,method,status,refusal,fields
evi_1,2026-09-21T14:13:20.123Z,r1,cli_1,,jti,p,13002526500013,demo/annuaire/1,lire,production,GET,200,,data.nom data.enfants[].prenoms`,
  )
  assert.match(evidenceCsvLine({ ...row, fields: null, status: 403, refusal: 'access/scope' }), /,403,access\/scope,$/)
  assert.match(evidenceCsvLine({ ...row, fields: [] }), /,200,,$/)
})

test('no cell is a formula or breaks out of its place', () => {
  const cellOf = (operation: string) =>
    evidenceCsvLine({ ...row, operation })
      .split(',demo/annuaire/1,')[1]
      ?.split(',production')[0]
  const cells = {
    '=1+1': "'=1+1",
    '+1': "'+1",
    '-x': "'-x",
    '@a': "'@a",
    'a,b': '"a,b"',
    'a"b': '"a""b"',
    'a\nb': '"a\nb"',
    '\t=1': "'\t=1",
  }
  for (const [given, told] of Object.entries(cells)) assert.equal(cellOf(given), told)
})
