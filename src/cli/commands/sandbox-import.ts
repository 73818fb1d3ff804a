import { type Command, CommanderError } from 'commander'
import { z } from 'zod'
import { isProblem, Problem } from '#base'
import type { CaseFile } from '#sandbox'
import type { CommandNeeds } from '../command-needs.js'
import type { ControlCall } from '../control-call.js'
import { printable } from '../printable.js'
import { userName } from '../user-name.js'

const outcomes = z.array(
  z.object({
    file: z.string(),
    api: z.string().optional(),
    notes: z.array(z.string()).optional(),
    before: z.string().optional(),
    refused: z.string().optional(),
  }),
)
type Outcome = z.infer<typeof outcomes>[number]

/** Files a message carries, and how often a person at a terminal reads how far it is. */
const filesAtOnce = 250
const charactersAtOnce = 4_000_000

/** `portique sandbox import`: cases of a folder tree in the format of the public staging data. */
export function sandboxImportCommand(group: Command, { control, terminal }: CommandNeeds): void {
  const { style } = terminal
  group
    .command('import <folder>')
    .description('take the cases of a folder tree (one folder an operation, one YAML file a case)')
    .requiredOption('--platform <id>', 'platform whose APIs they are for, e.g. api-particulier')
    .option('--application <client_id>', 'keep them for one application; shared by all unless told otherwise')
    .option('--quiet', 'tell only what was refused, and the count', false)
    .action(async (folder: string, { platform, application = null, quiet }) => {
      const far = (what: string) => (done: number, all: number) => {
        if (all > filesAtOnce && (done % filesAtOnce === 0 || done === all))
          terminal.printError(style.faint(`  ${what} ${done} of ${all} files`))
      }
      const { readCaseFiles } = await import('#sandbox')
      const {
        cases,
        refused,
        passedOver,
        notes: read,
      } = await readCaseFiles(folder, far('read')).catch((cause) => {
        throw unreadable(folder, cause)
      })
      const all: Outcome[] = refused.map(({ file, reason }) => ({ file, refused: reason }))
      const report = () => {
        for (const one of all.toSorted((a, b) => (a.file < b.file ? -1 : 1)))
          if (!quiet || one.refused !== undefined)
            terminal.print(printable(`  ${one.file}  ${told(one, read.get(one.file))}`))
        const taken = all.filter((one) => one.refused === undefined).length
        const over = passedOver.length === 0 ? '' : ` ${passedOver.length} passed over, being no YAML.`
        terminal.print(`\n  ${style.good(`${taken} taken`)}, ${all.length - taken} refused.${over}`)
        return taken
      }
      let answered = 0
      try {
        for (const batch of batches(cases))
          for await (const some of kept(batch, { platform, application, by: userName() }, control)) {
            all.push(...some)
            answered += some.length
            far('kept')(answered, cases.length)
          }
      } catch (error) {
        if (answered > 0) {
          report()
          terminal.print(`  Stopped before the last ${cases.length - answered} of ${cases.length} cases. ${goOn}`)
        }
        throw error
      }
      const taken = report()
      if (taken < all.length) throw new CommanderError(1, 'sandbox.refused', 'not every file was taken')
    })
}

const goOn = 'What was taken is kept; run the same command again for the rest.'

/** What became of cases, as soon as it is known; where they are refused together for the form or the size of one, each is sent by itself. */
async function* kept(
  cases: readonly CaseFile[],
  request: { readonly platform: string; readonly application: string | null; readonly by: string | undefined },
  control: ControlCall,
): AsyncGenerator<readonly Outcome[]> {
  let together: readonly Outcome[]
  try {
    together = outcomes.parse(await control('POST', '/control/sandbox/imports', { ...request, cases }))
  } catch (error) {
    if (!isProblem(error) || !ofOneCase.has(error.code)) throw error
    const [only, ...others] = cases
    if (only === undefined) throw error
    if (others.length === 0) yield [{ file: only.file, refused: error.text.en }]
    else for (const one of cases) yield* kept([one], request, control)
    return
  }
  yield together
}

const ofOneCase: ReadonlySet<string> = new Set(['control/body', 'control/too-large'])

function* batches(cases: readonly CaseFile[]): Generator<readonly CaseFile[]> {
  let batch: CaseFile[] = []
  let characters = 0
  for (const one of cases) {
    const size = JSON.stringify(one).length
    if (batch.length === filesAtOnce || (batch.length > 0 && characters + size > charactersAtOnce)) {
      yield batch
      batch = []
      characters = 0
    }
    batch.push(one)
    characters += size
  }
  if (batch.length > 0) yield batch
}

const told = ({ api, notes = [], before, refused }: Outcome, read: readonly string[] = []) =>
  refused === undefined ? [`taken: ${api}`, ...replacing(before), ...read, ...notes].join('; ') : `refused: ${refused}`

const replacing = (before: string | undefined): readonly string[] =>
  before === 'another' ? ['replaces what stood there'] : before === 'the same' ? ['was there already'] : []

const unreadable = (folder: string, cause: unknown) =>
  new Problem({
    code: 'command/file',
    status: 400,
    text: { fr: `Dossier illisible : ${folder}`, en: `Cannot read ${folder}: check the path and the rights.` },
    cause,
  })
