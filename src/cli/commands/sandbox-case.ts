import { basename } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import { Problem } from '#base'
import type { CommandNeeds } from '../command-needs.js'
import { printable } from '../printable.js'
import { readText } from '../read-text.js'
import { columns } from '../terminal.js'
import { userName } from '../user-name.js'
import { caseRevision, keptCase, restoredCase } from './kept-case.js'

const pathOf = (id: string, more = '') => `/control/sandbox/cases/${encodeURIComponent(id)}${more}`

/** `portique sandbox case …`: cases one by one, each change in force on the next call. */
export function sandboxCaseCommands(sandbox: Command, { control, terminal }: CommandNeeds): void {
  const { style } = terminal
  const group = sandbox
    .command('case')
    .description('cases one by one: what a call with these parameters is answered')
    .addHelpText('after', example)

  group
    .command('add <file>')
    .description('keep a case from a YAML file, or from the standard input (-)')
    .requiredOption('--api <id>', 'API that it is for, e.g. api-particulier/etudiants/2')
    .option('--operation <id>', 'operationId, where the API has several and the file names none')
    .option('--name <name>', 'its name among the cases of the operation; made of its title unless told otherwise')
    .option('--application <client_id>', 'keep it for one application; shared by all unless told otherwise')
    .action(async (file: string, { api, operation, name, application = null }) => {
      const text = await readCase(file)
      const body = { file: nameOf(file), text, api, operation, name, application, by: userName() }
      const made = keptCase.parse(await control('POST', '/control/sandbox/cases', body))
      terminal.print(`  Kept: ${style.strong(made.id)}, ${whose(made.application)}. It answers the next call.`)
      terminal.print(
        style.faint(
          `  Change it: portique sandbox case show ${made.id} > case.yaml, then … case edit ${made.id} case.yaml`,
        ),
      )
    })

  group
    .command('show <case>')
    .description('one case as the YAML that edit takes')
    .option('--json', 'as JSON', false)
    .action(async (id: string, { json }) => {
      const answer = await control('GET', pathOf(id))
      if (json) return terminal.print(JSON.stringify(answer, null, 2))
      const { writeCaseFile } = await import('#sandbox')
      const one = keptCase.parse(answer)
      const head = [`# revision: ${one.revision}`, `# ${one.api}, ${one.operation}, ${whose(one.application)}`]
      terminal.print([...head, writeCaseFile(one).trimEnd()].join('\n'))
    })

  group
    .command('edit <case> <file>')
    .description('put what the file says (- for the standard input) in place of a case')
    .option('--revision <number>', 'the revision that was edited; the file says it when it was made by show', whole)
    .action(async (id: string, file: string, options) => {
      const text = await readCase(file)
      const revision = options.revision ?? revisionIn(text)
      const body = { file: nameOf(file), text, revision, by: userName() }
      const made = keptCase.parse(await control('PUT', pathOf(id), body))
      terminal.print(`  ${style.strong(made.id)} is at revision ${made.revision}. It answers the next call.`)
    })

  group
    .command('list')
    .description('the kept cases, beside those of the platforms’ folders')
    .option('--platform <id>', 'of one platform')
    .option('--api <id>', 'of one API, e.g. api-particulier/etudiants/2')
    .option('--application <client_id>', 'of one application, or "shared"')
    .option('--json', 'as JSON', false)
    .action(async ({ json, ...filter }) => {
      const answer = await control('GET', `/control/sandbox/cases?${new URLSearchParams(filter)}`)
      if (json) return terminal.print(JSON.stringify(answer, null, 2))
      const rows = z.array(keptCase).parse(answer)
      if (rows.length === 0) return terminal.print('  None is kept: portique sandbox case add --help')
      const head = ['CASE', 'STATUS', 'FOR', 'API', 'FILE', 'TITLE']
      const cells = rows.map((row) => [
        row.id,
        String(row.status),
        row.application ?? 'all',
        row.api,
        row.file,
        row.title,
      ])
      terminal.print(columns([head, ...cells]))
    })

  group
    .command('remove <case>')
    .description('take a case away; restore brings it back')
    .option('--revision <number>', 'only if it is still this revision', whole)
    .action(async (id: string, options) => {
      const revision = options.revision ?? keptCase.parse(await control('GET', pathOf(id))).revision
      await control('DELETE', pathOf(id), { revision, by: userName() })
      terminal.print(`  Removed. Bring it back: portique sandbox case restore ${id} ${revision}`)
    })

  group
    .command('history <case>')
    .description('who changed a case, when, and what it was')
    .option('--json', 'as JSON', false)
    .action(async (id: string, { json }) => {
      const answer = await control('GET', pathOf(id, '/history'))
      if (json) return terminal.print(JSON.stringify(answer, null, 2))
      const rows = z.array(caseRevision).parse(answer)
      const head = ['REVISION', 'WHEN', 'WHO', 'WHAT', 'CHANGED', 'STATUS', 'TITLE']
      const cells = rows.map((row, index) => [
        String(row.revision),
        new Date(row.updatedAt).toISOString(),
        row.updatedBy,
        row.action,
        changed(row, rows[index - 1]),
        String(row.status),
        row.title,
      ])
      terminal.print(columns([head, ...cells]))
    })

  group
    .command('restore <case> <revision>')
    .description('take a case back to an earlier revision, a removed one too')
    .action(async (id: string, to: string) => {
      const revisions = z.array(caseRevision).parse(await control('GET', pathOf(id, '/history')))
      const body = { revision: revisions.at(-1)?.revision, to: whole(to), by: userName() }
      const made = restoredCase.parse(await control('POST', pathOf(id, '/restoration'), body))
      terminal.print(`  ${style.strong(id)} is as in revision ${to}, now revision ${made.revision}.`)
      for (const note of made.notes) terminal.print(printable(`  ${note}`))
    })
}

const example = `
A case is YAML:

  title: Quotient of zero
  params: { nomNaissance: ROUSSEL, "prenoms[]": [Nadia] }
  status: 200
  payload: { data: { quotient_familial: { valeur: 0 } }, links: {}, meta: {} }`

async function readCase(file: string): Promise<string> {
  const { caseLimits } = await import('#catalog')
  return readText(file, caseLimits.caseFileBytes)
}

const nameOf = (file: string) => (file === '-' ? 'standard input' : basename(file))
const whose = (application: string | null) =>
  application === null ? 'shared by all applications' : `for ${application} alone`

/** Which parts differ from the revision before. */
function changed(row: z.infer<typeof caseRevision>, before: z.infer<typeof caseRevision> | undefined): string {
  if (row.action === 'remove' || before === undefined || before.action === 'remove') return '-'
  const parts = (['title', 'description', 'params', 'headers', 'status', 'payload'] as const).filter(
    (part) => JSON.stringify(row[part]) !== JSON.stringify(before[part]),
  )
  return parts.length === 0 ? '-' : parts.join(',')
}

/** `show` writes it above the case. */
function revisionIn(text: string): number {
  const found = /^# revision: (\d+)$/m.exec(text)?.[1]
  if (found !== undefined) return Number(found)
  throw wrong({
    fr: 'Quelle révision avez-vous modifiée ? Partez de « portique sandbox case show », ou donnez --revision.',
    en: 'Which revision did you edit? Begin with `portique sandbox case show`, or give --revision.',
  })
}

function whole(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  throw wrong({
    fr: `« ${text} » n’est pas une révision.`,
    en: `"${text}" is no revision: a number from 1 is expected.`,
  })
}

const wrong = (text: { readonly fr: string; readonly en: string }) =>
  new Problem({ code: 'command/revision', status: 400, text })
