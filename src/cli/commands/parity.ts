import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Command } from 'commander'
import { Problem } from '#base'
import type { CommandNeeds } from '../command-needs.js'
import { shippedPlatforms } from '../project.js'

interface ParityChoices {
  readonly platform: string
  readonly api?: readonly string[]
  readonly report?: string
}

/** `portique parity`: the same calls to the sandbox and to production, and what differs. */
export function parityCommand(program: Command, { settings, terminal }: CommandNeeds): void {
  program
    .command('parity')
    .description(
      'put one suite to the sandbox and to production of a platform (with doubles of its providers), and tell every difference',
    )
    .requiredOption('--platform <id>', 'a platform whose APIs have adapters, e.g. api-particulier')
    .option(
      '--api <name...>',
      'its versions to compare, e.g. dss-quotient-familial/3; all that have an adapter unless told otherwise',
    )
    .option('--report <file>', 'write the report there: Markdown, or JSON where the name ends with .json')
    .action(async ({ platform, api: apis, report: file }: ParityChoices) => {
      const [{ runParity }, { differing, markdownOf, printReport }] = await Promise.all([
        import('../parity/run-parity.js'),
        import('../parity/report.js'),
      ])
      const folder = join(settings().PORTIQUE_PLATFORMS ?? shippedPlatforms, platform)
      const report = await runParity({ folder, ...(apis === undefined ? {} : { apis }) })
      printReport(report, terminal)
      if (file !== undefined)
        await writeFile(file, file.endsWith('.json') ? `${JSON.stringify(report, null, 2)}\n` : markdownOf(report))
      const wrong = differing(report).length
      if (wrong > 0) throw differs(wrong)
    })
}

const differs = (count: number) =>
  new Problem({
    code: 'parity/differences',
    status: 500,
    text: {
      fr: `${count} cas diffèrent entre le bac à sable et la production.`,
      en: `${count} ${count === 1 ? 'case differs' : 'cases differ'} between the sandbox and production.`,
    },
  })
