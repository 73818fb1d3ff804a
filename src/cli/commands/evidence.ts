import { open } from 'node:fs/promises'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Command } from 'commander'
import { z } from 'zod'
import { Problem } from '#base'
import type { CommandNeeds } from '../command-needs.js'
import type { ControlCall } from '../control-call.js'
import { type EvidenceRow, evidenceCsvHead, evidenceCsvLine, evidenceRecord } from '../evidence-csv.js'
import { parseMoment } from '../moment.js'
import { readIdentity } from '../read-identity.js'
import { columns } from '../terminal.js'
import { parseWhole } from '../whole-number.js'

const page = z.object({ records: z.array(evidenceRecord), next: z.string().nullable() })
const touched = z.object({
  person: z.string(),
  calls: z.number(),
  firstAt: z.number(),
  lastAt: z.number(),
  apis: z.array(z.string()),
  fields: z.array(z.string()),
})

/** `portique evidence …`: who saw whose data, from the evidence alone. */
export function evidenceCommands(program: Command, { control, terminal }: CommandNeeds): void {
  const { print, style } = terminal
  const group = program.command('evidence').description('who saw which data of whom, when and for which body')

  filtered(group.command('list'))
    .description('calls for personal data, oldest first; persons are keyed hashes')
    .option('--limit <n>', 'how many at most', '50')
    .option('--json', 'as JSON', false)
    .action(async (options) => {
      const filter = await filterOf(options, control)
      const limit = Math.min(Math.max(parseWhole(options.limit, { fr: 'lignes', en: 'lines' }), 1), 5_000)
      const found = page.parse(await control('POST', '/control/evidence/search', { filter, limit }))
      if (options.json) return print(JSON.stringify(found.records, null, 2))
      if (found.records.length === 0) return print('  No evidence of such a call.')
      const heads = ['WHEN', 'APPLICATION', 'RECIPIENT', 'PERSON', 'API', 'RESULT', 'FIELDS']
      print(columns([heads, ...found.records.map(line)]))
      if (found.next !== null) print(style.faint('\n  There is more: raise --limit, narrow the period, or export.'))
    })

  filtered(group.command('export <file>'))
    .description('write all such calls as JSON Lines, or CSV, into a new file; `-` is standard output')
    .option('--csv', 'as CSV, for a spreadsheet', false)
    .action(async (file: string, options) => {
      const filter = await filterOf(options, control)
      const out = await openNew(file, print)
      let written = 0
      if (options.csv) await out.write(evidenceCsvHead)
      try {
        let after: string | undefined
        do {
          const search = { filter, limit: 5_000, ...(after === undefined ? {} : { after }) }
          const { records, next } = page.parse(await control('POST', '/control/evidence/search', search))
          for (const each of records) await out.write(options.csv ? evidenceCsvLine(each) : jsonLine(each))
          written += records.length
          after = next ?? undefined
        } while (after !== undefined)
      } finally {
        await out.close()
      }
      if (file !== '-') print(`  Written: ${resolve(file)}, ${written} ${written === 1 ? 'call' : 'calls'}.`)
    })

  filtered(group.command('persons'))
    .description('whose data such calls gave away: the persons to be told when a token has leaked (RGPD, article 34)')
    .option('--json', 'as JSON', false)
    .action(async (options) => {
      const filter = await filterOf(options, control)
      const all = await control('POST', '/control/evidence/persons', { filter })
      if (options.json) return print(JSON.stringify(all, null, 2))
      const rows = z.array(touched).parse(all)
      if (rows.length === 0) return print('  No data of anybody left with such calls.')
      const heads = ['PERSON', 'CALLS', 'FIRST', 'LAST', 'APIS', 'FIELDS']
      print(columns([heads, ...rows.map(personLine)]))
      print(style.faint(`\n  ${rows.length} ${rows.length === 1 ? 'person' : 'persons'}, by keyed hash.`))
    })

  group
    .command('person')
    .description('the keyed hash of a person, whose identity is read from standard input: `name=value` lines, or JSON')
    .action(async () => print(await personOf(control)))
}

const filtered = (command: Command): Command =>
  command
    .option('--application <client_id>', 'of one application')
    .option('--token <id>', 'with one token: its id, or its mark')
    .option('--recipient <siret>', 'for one body')
    .option('--api <id>', 'of one API, e.g. api-particulier/dss-quotient-familial/3')
    .option('--from <moment>', 'from then on: 2026-11-28, or 2026-11-28T12:00:00Z')
    .option('--to <moment>', 'before then')
    .option('--person', 'about one person, whose identity is read from standard input', false)

interface Filters {
  readonly application?: string
  readonly token?: string
  readonly recipient?: string
  readonly api?: string
  readonly from?: string
  readonly to?: string
  readonly person: boolean
}

async function filterOf({ application, token, recipient, api, from, to, person }: Filters, control: ControlCall) {
  return {
    ...(application !== undefined && { application }),
    ...(token !== undefined && { token }),
    ...(recipient !== undefined && { recipient }),
    ...(api !== undefined && { api }),
    ...(from !== undefined && { from: parseMoment(from) }),
    ...(to !== undefined && { to: parseMoment(to) }),
    ...(person && { person: await personOf(control) }),
  }
}

/** Never among the arguments: those stand in the history of the shell and in the list of processes. */
async function personOf(control: ControlCall): Promise<string> {
  const values = readIdentity(await text(process.stdin))
  const answer = await control('POST', '/control/evidence/person', { values })
  return z.object({ person: z.string() }).parse(answer).person
}

const jsonLine = (each: EvidenceRow): string => JSON.stringify({ ...each, at: moment(each.at) })

const line = (each: EvidenceRow): readonly string[] => [
  moment(each.at),
  each.application ?? '-',
  each.recipient ?? '-',
  each.person ?? '-',
  each.api,
  each.refusal === null ? String(each.status) : `${each.status} ${each.refusal}`,
  each.fields?.join(' ') || '-',
]

const personLine = ({ person, calls, firstAt, lastAt, apis, fields }: z.infer<typeof touched>): readonly string[] => [
  person,
  String(calls),
  moment(firstAt),
  moment(lastAt),
  apis.join(' '),
  fields.join(' '),
]

const moment = (milliseconds: number): string => new Date(milliseconds).toISOString()

interface Lines {
  write(line: string): unknown
  close(): Promise<void>
}

/** A file that only its owner can read, and that was not there before. */
async function openNew(file: string, print: (text: string) => void): Promise<Lines> {
  if (file === '-') return { write: print, close: async () => {} }
  const handle = await open(file, 'wx', 0o600).catch((cause) => {
    const reason = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
    const exists = reason === 'EEXIST'
    throw new Problem({
      code: 'command/file',
      status: 400,
      text: {
        fr: exists ? `${file} existe déjà : donnez un autre nom.` : `${file} ne peut être écrit (${reason}).`,
        en: exists ? `${file} is there already: give another name.` : `${file} cannot be written (${reason}).`,
      },
      cause,
    })
  })
  return { write: (each) => handle.write(`${each}\n`), close: () => handle.close() }
}
