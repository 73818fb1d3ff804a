import type { Command } from 'commander'
import { z } from 'zod'
import type { CommandNeeds } from '../command-needs.js'
import { lastUse, lastUseAlone } from '../last-use.js'
import { columns, type Terminal } from '../terminal.js'
import { parseWhole } from '../whole-number.js'

const view = z.object({
  id: z.string(),
  applicationId: z.string(),
  applicationName: z.string(),
  platform: z.string(),
  environment: z.string(),
  title: z.string(),
  habilitationId: z.string().nullable(),
  recipient: z.string().nullable(),
  scopes: z.array(z.string()),
  rights: z.array(z.string()),
  networks: z.array(z.string()),
  callsPerMinute: z.number().nullable(),
  state: z.string(),
  expiresAt: z.number(),
  renewableFrom: z.number(),
  blockedAt: z.number().nullable(),
  replacedBy: z.string().nullable(),
  lastUsedAt: z.number().nullable(),
})
const shown = view.extend({ token: z.string() })
type View = z.infer<typeof view>

const days = { fr: 'jours', en: 'days' }
const path = (id: string, what = '') => `/control/tokens/${encodeURIComponent(id)}${what}`

/** `portique token …`: long-lived tokens of the platforms that have them, e.g. API Particulier. */
export function tokenCommands(program: Command, { control, terminal }: CommandNeeds): void {
  const { print, style } = terminal
  const group = program
    .command('token')
    .description('long-lived tokens: give, show, limit, renew, replace, revoke them')

  group
    .command('create <client_id>')
    .description('give an application a token; in the sandbox with every scope unless told otherwise')
    .option('--title <text>', 'what it is for; needed in production')
    .option('--scope <scope...>', 'scopes of the platform’s APIs; needed in production')
    .option(
      '--right <right...>',
      'what the habilitation allows besides, e.g. sphere-educative; all in the sandbox unless told otherwise',
    )
    .option('--habilitation <id>', 'the habilitation that it comes from')
    .option(
      '--recipient <siret>',
      'the SIRET of the body for which the data are, where a call names none: a default, not a limit',
    )
    .option('--allow-from <cidr...>', 'addresses or CIDR blocks that may use it; any unless told otherwise')
    .option('--calls-per-minute <n>', 'a limit of its own, over all APIs together')
    .option('--json', 'as JSON', false)
    .action(async (applicationId: string, options) => {
      const body = {
        applicationId,
        title: options.title,
        scopes: options.scope,
        rights: options.right,
        habilitationId: options.habilitation ?? null,
        recipient: options.recipient ?? null,
        networks: options.allowFrom ?? [],
        callsPerMinute: parseRate(options.callsPerMinute ?? 'any'),
      }
      show(terminal, await control('POST', '/control/tokens', body), options.json)
    })

  group
    .command('list')
    .description('every token with its state, its end and its last use; never its text')
    .option('--application <client_id>', 'of one application')
    .option('--platform <id>', 'of one platform')
    .option('--json', 'as JSON', false)
    .action(async ({ application, platform, json }) => {
      const query = new URLSearchParams({ ...(application && { application }), ...(platform && { platform }) })
      const all = await control('GET', `/control/tokens?${query}`)
      if (json) return print(JSON.stringify(all, null, 2))
      const rows = z.array(view).parse(all)
      if (rows.length === 0) return print('  No token: portique token create <client_id>')
      const heads = ['TITLE', 'APPLICATION', 'PLATFORM', 'ENVIRONMENT', 'STATE', 'EXPIRES', 'LAST USE', 'TOKEN']
      print(columns([heads, ...rows.map(line)]))
      print(style.faint('\n  The last use is written every 30 seconds: the newest may be missing.'))
    })

  group
    .command('show <token>')
    .description('one token with its text, made anew, and what it may do; the token is named by its id')
    .option('--json', 'as JSON', false)
    .action(async (id: string, { json }) => show(terminal, await control('GET', path(id)), json))

  group
    .command('renew <token>')
    .description('prolong a token in its last days; its text goes on working')
    .action(async (id: string) => show(terminal, await control('POST', path(id, '/renewal'), {}), false))

  group
    .command('replace <token>')
    .description('make a new token with the same rights; the old one is blocked after some days')
    .option('--after <days>', 'when the old one is blocked (the platform’s habit unless told otherwise; 0: now)')
    .action(async (id: string, { after }) => {
      const body = after === undefined ? {} : { afterDays: parseWhole(after, days) }
      const answer = z
        .object({ token: shown, previousBlockedAt: z.number() })
        .parse(await control('POST', path(id, '/replacement'), body))
      show(terminal, answer.token, false)
      print(style.faint(`\n  The old one, ${id}, is blocked from ${moment(answer.previousBlockedAt)}.`))
    })

  group
    .command('set <token>')
    .description('change from where and how often a token may be used; from its next call on')
    .option('--allow-from <cidr...>', 'the addresses or CIDR blocks, in place of those before; `any` for no limit')
    .option('--calls-per-minute <n>', 'over all APIs together; `any` for no limit of its own')
    .option('--json', 'as JSON', false)
    .action(async (id: string, { allowFrom, callsPerMinute, json }) => {
      const body = {
        ...(allowFrom !== undefined && { networks: isAny(allowFrom) ? [] : allowFrom }),
        ...(callsPerMinute !== undefined && { callsPerMinute: parseRate(callsPerMinute) }),
      }
      show(terminal, await control('PATCH', path(id), body), json)
    })

  group
    .command('revoke <token>')
    .description('block a token now; its next call is refused')
    .action(async (id: string) => {
      const { revoked } = z.object({ revoked: z.boolean() }).parse(await control('DELETE', path(id)))
      print(revoked ? '  Blocked. Its next call is refused.' : '  It was blocked already; nothing changed.')
    })

  group
    .command('rotate-key')
    .description('sign what is shown from now on with a new key; texts shown before count for some days more')
    .option('--overlap <days>', 'how long (90 unless told otherwise; 0: they end now)')
    .action(async ({ overlap }) => {
      const body = overlap === undefined ? {} : { overlapDays: parseWhole(overlap, days) }
      const { previousUntil } = z
        .object({ previousUntil: z.number() })
        .parse(await control('POST', '/control/tokens/keys', body))
      print(`  Rotated. Texts shown before count until ${moment(previousUntil)}: show each token again before then.`)
    })
}

const isAny = (networks: readonly string[]) => networks.length === 1 && networks[0] === 'any'
const parseRate = (text: string) => (text === 'any' ? null : parseWhole(text, { fr: 'appels', en: 'calls' }))

function show({ print, style }: Terminal, answer: unknown, json: boolean): void {
  if (json) {
    print(JSON.stringify(answer, null, 2))
    return
  }
  const row = shown.parse(answer)
  print(
    columns([
      ['id', row.id],
      ['title', row.title],
      ['application', `${row.applicationName} (${row.applicationId})`],
      ['platform', `${row.platform}, ${row.environment}`],
      ['state', stateOf(row)],
      ['expires', `${moment(row.expiresAt)}, may be renewed from ${moment(row.renewableFrom)}`],
      ['last use', lastUseAlone(row.lastUsedAt)],
      ...(row.habilitationId === null ? [] : [['habilitation', row.habilitationId]]),
      ...(row.recipient === null ? [] : [['recipient', row.recipient]]),
      ...(row.rights.length === 0 ? [] : [['rights', row.rights.join(' ')]]),
      ...(row.networks.length === 0 ? [] : [['allowed from', row.networks.join(' ')]]),
      ...(row.callsPerMinute === null ? [] : [['limit', `${row.callsPerMinute} calls a minute`]]),
      ['scopes', row.scopes.join(' ')],
      ['token', style.code(row.token)],
    ]),
  )
}

const stateOf = ({ state, blockedAt, replacedBy }: View): string => {
  const end = state === 'ending' && blockedAt !== null ? `ending, blocked from ${moment(blockedAt)}` : state
  return replacedBy === null ? end : `${end}, replaced by ${replacedBy}`
}

const line = (row: View): readonly string[] => [
  row.title,
  row.applicationName,
  row.platform,
  row.environment,
  row.state,
  moment(row.expiresAt).slice(0, 10),
  lastUse(row.lastUsedAt),
  row.id,
]

const moment = (milliseconds: number): string => new Date(milliseconds).toISOString().replace(/\.\d+/, '')
