import { text } from 'node:stream/consumers'
import type { Command } from 'commander'
import { z } from 'zod'
import { Problem } from '#base'
import type { CommandNeeds } from '../command-needs.js'
import { columns } from '../terminal.js'

const rotated = z.object({ kid: z.string(), signsFrom: z.number(), previousUntil: z.number() })

/** `portique realm …`: the keys of a realm, and the accounts that it keeps itself. */
export function realmCommands(program: Command, { control, terminal }: CommandNeeds): void {
  const group = program
    .command('realm')
    .description('rotate or drop the keys of a realm, give somebody an account there')

  group
    .command('rotate-keys <platform/realm>')
    .description('make a new signing key; the one before it stays published during the overlap')
    .option('--overlap <seconds>', 'how long the old key still verifies (a day unless told otherwise)')
    .action(async (name: string, options) => {
      const body = options.overlap === undefined ? {} : { overlapSeconds: Number(options.overlap) }
      const { kid, signsFrom, previousUntil } = rotated.parse(await control('POST', pathOf(name, 'keys'), body))
      terminal.print(
        columns([
          ['new key', kid],
          ['signs from', new Date(signsFrom).toISOString()],
          ['old key until', new Date(previousUntil).toISOString()],
        ]),
      )
    })

  group
    .command('drop-key <platform/realm> <kid>')
    .description('take a signing key that leaked away at once; another signs from then on')
    .action(async (name: string, kid: string) => {
      const dropped = await control('DELETE', `${pathOf(name, 'keys')}/${encodeURIComponent(kid)}`)
      const { signingKid } = z.object({ signingKid: z.string() }).parse(dropped)
      terminal.print(
        [
          columns([['signing key', signingKid]]),
          'ID tokens and notices that the dropped key signed verify no more, and are no hint to sign out by.',
          'Access and refresh tokens, sessions and consents go on: no key is in them.',
          'Applications that keep published keys refuse sign-ins until they read them again, some minutes at most.',
        ].join('\n'),
      )
    })

  group
    .command('create-account <platform/realm> <identifier>')
    .description('give somebody a password account; the password is read from standard input')
    .requiredOption('--name <name>', 'the name of the person')
    .action(async (name: string, identifier: string, options) => {
      const password = (await text(process.stdin)).replace(/\r?\n$/, '')
      const body = { identifier, password, name: options.name }
      const { sub } = z.object({ sub: z.string() }).parse(await control('POST', pathOf(name, 'accounts'), body))
      terminal.print(columns([['sub', sub]]))
    })
}

function pathOf(name: string, what: string): string {
  const [platform, realm, ...rest] = name.split('/')
  if (!platform || !realm || rest.length > 0) throw badName
  return `/control/realms/${encodeURIComponent(platform)}/${encodeURIComponent(realm)}/${what}`
}

const badName = new Problem({
  code: 'command/realm',
  status: 400,
  text: {
    fr: 'Écrivez le royaume avec sa plateforme, par exemple france-travail/individu.',
    en: 'Write the realm with its platform, for example france-travail/individu.',
  },
})
