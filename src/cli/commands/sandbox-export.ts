import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { dirname, resolve, sep } from 'node:path'
import type { Command } from 'commander'
import { z } from 'zod'
import { Problem } from '#base'
import type { CommandNeeds } from '../command-needs.js'
import { keptCase } from './kept-case.js'

/** `portique sandbox export`: kept cases as the folder tree that `import` takes again. */
export function sandboxExportCommand(group: Command, { control, terminal }: CommandNeeds): void {
  group
    .command('export <folder>')
    .description('write the kept cases as a folder tree that import takes again')
    .requiredOption('--platform <id>', 'platform whose cases they are, e.g. api-particulier')
    .option('--api <id>', 'cases of one API alone, e.g. api-particulier/etudiants/2')
    .option('--application <client_id>', 'those of one application; the shared ones unless told otherwise')
    .action(async (folder: string, { platform, api, application = 'shared' }) => {
      const query = new URLSearchParams({ platform, application, ...(api === undefined ? {} : { api }) })
      const cases = z.array(keptCase).parse(await control('GET', `/control/sandbox/cases?${query}`))
      const root = resolve(folder)
      const there = await readdir(root).catch((cause) => (cause.code === 'ENOENT' ? [] : refuse(folder)(cause)))
      if (there.length > 0) throw notEmpty(folder)
      const { writeCaseFile } = await import('#sandbox')
      let written = 0
      const skipped: string[] = []
      for (const { operation: _, ...one } of cases) {
        const path = resolve(root, one.file)
        if (!path.startsWith(root + sep)) {
          skipped.push(`${one.id}  ${one.file}`)
          continue
        }
        await mkdir(dirname(path), { recursive: true }).catch(refuse(folder))
        await writeFile(path, writeCaseFile(one)).catch(refuse(folder))
        written += 1
      }
      terminal.print(`  ${written} ${written === 1 ? 'case' : 'cases'} written to ${folder}.`)
      if (skipped.length === 0) return
      terminal.print(
        terminal.style.bad(
          '  Not written, since their names lead out of the folder; add each anew under another name:',
        ),
      )
      for (const one of skipped) terminal.print(`    ${one}`)
    })
}

/** Old files would be taken for cases that are kept. */
const notEmpty = (folder: string) =>
  new Problem({
    code: 'command/file',
    status: 400,
    text: {
      fr: `Le dossier n’est pas vide : ${folder}`,
      en: `${folder} is not empty: name a new folder, or empty it.`,
    },
  })

const refuse = (folder: string) => (cause: unknown) => {
  const text = {
    fr: `Dossier non inscriptible : ${folder}`,
    en: `Cannot write to ${folder}: check the path and the rights.`,
  }
  throw new Problem({ code: 'command/file', status: 400, text, cause })
}
