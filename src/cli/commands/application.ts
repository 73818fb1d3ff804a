import type { Command } from 'commander'
import { z } from 'zod'
import type { CommandNeeds } from '../command-needs.js'
import { lastUseAlone } from '../last-use.js'
import { parseSeconds } from '../seconds.js'
import { columns } from '../terminal.js'

const subscription = z.object({ apiId: z.string(), environment: z.string() })
const application = z.object({
  id: z.string(),
  name: z.string(),
  platform: z.string(),
  environment: z.string(),
  state: z.string(),
  scopes: z.array(z.string()),
  subscriptions: z.array(subscription),
})
const created = z.object({ application, secret: z.object({ value: z.string() }).nullable() })
const shown = application.extend({
  credentials: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      value: z.string().nullable(),
      live: z.boolean(),
      endsAt: z.number().nullable(),
      lastUsedAt: z.number().nullable(),
    }),
  ),
})

/** `portique application …`: what an integrator needs before there is a page for it. */
export function applicationCommands(program: Command, { control, terminal }: CommandNeeds): void {
  const group = program
    .command('application')
    .description('register applications, give them access, rotate their secrets')
  const { style } = terminal

  group
    .command('create <name>')
    .description('register an application; prints its client_id and client_secret')
    .requiredOption('--platform <id>', 'platform, e.g. demo')
    .option('--environment <name>', 'production or sandbox', 'production')
    .option('--public', 'it runs where no secret can be kept', false)
    .option('--redirect-uri <uri...>', 'exact redirect addresses')
    .option('--event-url <url>', 'address that is told when somebody withdraws their consent')
    .option('--purpose <text>', 'what it asks data for, as people read it who consent')
    .action(async (name: string, options) => {
      const body = {
        platform: options.platform,
        name,
        environment: options.environment,
        type: options.public ? 'public' : 'private',
        redirectUris: options.redirectUri ?? [],
        eventUrl: options.eventUrl ?? null,
        purpose: options.purpose ?? null,
      }
      const made = created.parse(await control('POST', '/control/applications', body))
      terminal.print(
        columns([
          ['client_id', style.code(made.application.id)],
          [
            'client_secret',
            made.secret === null ? 'none: a public application uses PKCE' : style.code(made.secret.value),
          ],
        ]),
      )
      terminal.print(style.faint(`\n  Next: portique application subscribe ${made.application.id} <api>`))
    })

  group
    .command('subscribe <client_id> <api>')
    .description('give an application access to an API, e.g. annuaire/1')
    .option('--environment <name>', 'production or sandbox; the application’s own unless told otherwise')
    .action(async (id: string, api: string, options) => {
      const body = { api, ...(options.environment === undefined ? {} : { environment: options.environment }) }
      const made = subscription.parse(
        await control('POST', `/control/applications/${encodeURIComponent(id)}/subscriptions`, body),
      )
      terminal.print(`  ${id} may call ${style.strong(made.apiId)} in ${made.environment}.`)
    })

  group
    .command('unsubscribe <client_id> <api>')
    .description('take the access back; the next call is refused')
    .option('--environment <name>', 'production or sandbox')
    .action(async (id: string, api: string, options) => {
      const body = { api, ...(options.environment === undefined ? {} : { environment: options.environment }) }
      const { ended } = z
        .object({ ended: z.boolean() })
        .parse(await control('DELETE', `/control/applications/${encodeURIComponent(id)}/subscriptions`, body))
      terminal.print(ended ? `  ${id} may no longer call ${api}.` : `  ${id} had no access to ${api}; nothing changed.`)
    })

  group
    .command('rotate <client_id>')
    .description('make a second live secret; the one before it ends after the overlap')
    .option('--overlap <seconds>', 'how long the old secret still works (a day unless told otherwise)')
    .action(async (id: string, options) => {
      const body = options.overlap === undefined ? {} : { overlapSeconds: parseSeconds(options.overlap) }
      const made = z
        .object({ value: z.string(), previousEndsAt: z.number().nullable() })
        .parse(await control('POST', `/control/applications/${encodeURIComponent(id)}/secrets`, body))
      terminal.print(columns([['client_secret', style.code(made.value)]]))
      if (options.overlap === '0') terminal.print(style.faint('  No secret of before works any more.'))
      else if (made.previousEndsAt !== null)
        terminal.print(style.faint(`  The previous secret works until ${new Date(made.previousEndsAt).toISOString()}.`))
    })

  const anyPlatform = async () => {
    const [first] = z.array(z.object({ id: z.string() })).parse(await control('GET', '/control/apis'))
    return first?.id.split('/')[0] ?? '<id>'
  }

  group
    .command('list')
    .description('every application and what it may call')
    .option('--json', 'as JSON', false)
    .action(async (options) => {
      const all = await control('GET', '/control/applications')
      if (options.json) return terminal.print(JSON.stringify(all, null, 2))
      const rows = z.array(application).parse(all)
      if (rows.length === 0)
        return terminal.print(
          `  No application yet: portique application create "My application" --platform ${await anyPlatform()}`,
        )
      terminal.print(
        columns([
          ['NAME', 'PLATFORM', 'ENVIRONMENT', 'STATE', 'APIS', 'CLIENT_ID'],
          ...rows.map((row) => [
            row.name,
            row.platform,
            row.environment,
            row.state,
            String(row.subscriptions.length),
            row.id,
          ]),
        ]),
      )
    })

  group
    .command('show <client_id>')
    .description('one application with its credentials, subscriptions and scopes')
    .option('--json', 'as JSON', false)
    .action(async (id: string, options) => {
      const answer = await control('GET', `/control/applications/${encodeURIComponent(id)}`)
      if (options.json) return terminal.print(JSON.stringify(answer, null, 2))
      const row = shown.parse(answer)
      terminal.print(
        columns([
          ['name', row.name],
          ['platform', `${row.platform}, ${row.environment}`],
          ['state', row.state],
          ...row.credentials
            .filter((each) => each.live)
            .flatMap((each) => [
              [each.kind, each.value ?? 'kept hashed only'],
              ['  last use', lastUseAlone(each.lastUsedAt)],
            ]),
          ...row.subscriptions.map((each) => [`API (${each.environment})`, each.apiId]),
          ['scopes', row.scopes.join(' ')],
        ]),
      )
    })

  for (const [verb, method, done] of [
    ['suspend', 'POST', 'Its next call is refused.'],
    ['resume', 'DELETE', 'Its calls are admitted again.'],
  ] as const)
    group
      .command(`${verb} <client_id>`)
      .description(`${verb} an application, effective on its next call`)
      .action(async (id: string) => {
        await control(method, `/control/applications/${encodeURIComponent(id)}/suspension`)
        terminal.print(`  ${done}`)
      })
}
