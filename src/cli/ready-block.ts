import { relative } from 'node:path'
import type { Platform } from '#contract'
import type { DevApplication } from './dev-file.js'
import { columns, type Terminal } from './terminal.js'
import type { TourCommand } from './tour-commands.js'

export interface Ready {
  readonly url: string
  readonly tlsUrl: string | null
  readonly milliseconds: number
  readonly store: string
  readonly devFile: string
  readonly platforms: readonly Platform[]
  readonly application: DevApplication | null
  readonly tour: readonly TourCommand[]
}

/** What `portique dev` says once it answers: where, with which credentials, and what to try. */
export function printReady(terminal: Terminal, ready: Ready): void {
  const { style, print } = terminal
  const { application } = ready
  print(`\n  ${style.strong('Portique')} is ready ${style.faint(`in ${ready.milliseconds} ms`)}\n`)
  print(
    columns([
      ['Address', style.code(ready.url)],
      ...(ready.tlsUrl === null ? [] : [['TLS', style.code(ready.tlsUrl)]]),
      ['Platforms', ready.platforms.map((each) => `${each.title.en} (${each.apis.length})`).join(', ')],
      ['Store', ready.store],
      ['For scripts', relative(process.cwd(), ready.devFile)],
    ]),
  )
  if (application !== null) {
    print(`\n  ${style.strong('Credentials')} ${style.faint(`${application.platform}, ${application.environment}`)}`)
    print(
      columns([
        ['client_id', style.code(application.client_id)],
        ['client_secret', style.code(application.client_secret ?? '')],
      ]),
    )
  }
  if (ready.tour.length > 0) print(`\n  ${style.strong('Try it')} ${style.faint('paste these one after another')}`)
  for (const [index, { title, command }] of ready.tour.entries()) {
    print(`\n  ${style.faint(`# ${index + 1}. ${title}`)}`)
    print(command)
  }
  print(`\n  ${style.faint('Ctrl-C stops it and loses nothing.')}\n`)
}
