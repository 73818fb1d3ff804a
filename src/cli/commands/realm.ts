import { text } from 'node:stream/consumers'
import type { Command } from 'commander'
import { z } from 'zod'
import { Problem } from '#base'
import type { CommandNeeds } from '../command-needs.js'
import { columns } from '../terminal.js'

const account = z.object({
  sub: z.string(),
  identifier: z.string().nullable(),
  name: z.string(),
  disabledAt: z.number().nullable(),
})
const named = z.object({ sub: z.string() })

const rotated = z.object({ kid: z.string(), signsFrom: z.number(), previousUntil: z.number() })

/** `portique realm …`: the keys of a realm, and the accounts that it keeps itself. */
export function realmCommands(program: Command, { control, terminal }: CommandNeeds): void {
  const group = program.command('realm').description('rotate or drop the keys of a realm, keep the accounts there')

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
    .description(
      'take a signing key that leaked away at once; another signs from then on (-- goes before a name that begins with -)',
    )
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
      const body = { identifier, password: await readPassword(), name: options.name }
      const { sub } = named.parse(await control('POST', pathOf(name, 'accounts'), body))
      terminal.print(columns([['sub', sub]]))
    })

  group
    .command('list-accounts <platform/realm>')
    .description('who has an account, here or by a sign-in elsewhere')
    .action(async (name: string) => {
      const { accounts } = z
        .object({ accounts: z.array(account) })
        .parse(await control('GET', pathOf(name, 'accounts')))
      terminal.print(columns([['sub', 'user name', 'name', 'state'], ...accounts.map(lineOf)]))
    })

  const verbs = [
    ['disable-account', 'disable', 'let nobody sign in by it; sessions, grants and tokens end at once'],
    ['enable-account', 'enable', 'let its person sign in again'],
    ['end-sessions', 'end-sessions', 'sign a person out everywhere; grants and tokens end at once, consents stay'],
  ] as const
  for (const [command, verb, description] of verbs)
    group
      .command(`${command} <platform/realm> <account>`)
      .description(`${description}; the account is a user name or a subject`)
      .action(async (name: string, who: string) => {
        const { sub } = named.parse(await control('POST', pathOf(name, `${accountPath(who)}/${verb}`), {}))
        terminal.print(columns([['sub', sub]]))
      })

  group
    .command('reset-password <platform/realm> <account>')
    .description('give another password, read from standard input; sessions, grants and tokens end at once')
    .action(async (name: string, who: string) => {
      const body = { password: await readPassword() }
      const { sub } = named.parse(await control('POST', pathOf(name, `${accountPath(who)}/password`), body))
      terminal.print(columns([['sub', sub]]))
    })

  group
    .command('delete-account <platform/realm> <account>')
    .description('erase an account with its consents; sessions, grants and tokens end at once')
    .action(async (name: string, who: string) => {
      const { sub } = named.parse(await control('DELETE', pathOf(name, accountPath(who))))
      terminal.print(columns([['sub', sub]]))
    })
}

const accountPath = (who: string) => `accounts/${encodeURIComponent(who)}`

const readPassword = async () => (await text(process.stdin)).replace(/\r?\n$/, '')

const lineOf = ({ sub, identifier, name, disabledAt }: z.infer<typeof account>) => [
  sub,
  identifier ?? 'elsewhere',
  name,
  disabledAt === null ? 'in use' : `disabled since ${new Date(disabledAt).toISOString()}`,
]

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
