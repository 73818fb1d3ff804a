import type { Command } from 'commander'
import { z } from 'zod'
import { Problem } from '#base'
import { readCaseFiles } from '#sandbox'
import type { CommandNeeds } from '../command-needs.js'

const outcomes = z.array(
  z.object({
    file: z.string(),
    api: z.string().optional(),
    notes: z.array(z.string()).optional(),
    refused: z.string().optional(),
  }),
)

/** `portique sandbox import`: cases of a folder tree in the format of the public staging data. */
export function sandboxCommands(program: Command, { control, terminal }: CommandNeeds): void {
  const { style } = terminal
  const group = program.command('sandbox').description('the data that the sandbox answers with')
  group
    .command('import <folder>')
    .description('take the cases of a folder tree (one folder an operation, one YAML file a case)')
    .requiredOption('--platform <id>', 'platform whose APIs they are for, e.g. api-particulier')
    .option('--application <client_id>', 'keep them for one application; shared by all unless told otherwise')
    .action(async (folder: string, { platform, application = null }) => {
      const { cases, refused } = await readCaseFiles(folder).catch((cause) => {
        throw unreadable(folder, cause)
      })
      const kept = outcomes.parse(await control('POST', '/control/sandbox/cases', { platform, application, cases }))
      const all: z.infer<typeof outcomes> = [...kept, ...refused.map(({ file, reason }) => ({ file, refused: reason }))]
      for (const one of all.toSorted((a, b) => (a.file < b.file ? -1 : 1)))
        terminal.print(`  ${one.file}  ${one.refused === undefined ? told(one) : `refused: ${one.refused}`}`)
      const taken = kept.filter((one) => one.refused === undefined).length
      terminal.print(`\n  ${style.good(`${taken} taken`)}, ${all.length - taken} refused.`)
    })
}

const told = ({ api, notes }: z.infer<typeof outcomes>[number]) => [`taken: ${api}`, ...(notes ?? [])].join('; ')

const unreadable = (folder: string, cause: unknown) =>
  new Problem({
    code: 'command/file',
    status: 400,
    text: { fr: `Dossier illisible : ${folder}`, en: `Cannot read ${folder}: check the path and the rights.` },
    cause,
  })
