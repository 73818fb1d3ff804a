import type { Command } from 'commander'
import { z } from 'zod'
import { Problem } from '#base'
import type { CommandNeeds } from '../command-needs.js'
import { callCommand, longLivedCommand, tokenCommand } from '../curl-commands.js'
import { collected, readPublication, withPublicationOptions } from '../publication.js'
import { columns, type Terminal } from '../terminal.js'

const way = z.object({
  environment: z.enum(['production', 'sandbox']),
  scope: z.string(),
  tokenUrl: z.string().nullable(),
  longLived: z.boolean(),
  call: z.object({ method: z.string(), url: z.string(), body: z.json().optional() }),
  application: z.object({ clientId: z.string(), clientSecret: z.string().nullable(), name: z.string() }).nullable(),
})
type Way = z.infer<typeof way>
const published = z.object({ id: z.string(), ways: z.array(way) })

/** `portique publish openapi.yaml`: one's own API on the air, and the `curl` that proves it. */
export function publishCommand(program: Command, { control, terminal }: CommandNeeds): void {
  const { style } = terminal
  const publish = program
    .command('publish <openapi>')
    .description('validate an OpenAPI document, with its adapter where there is one, and put the API on the air')
    .requiredOption('--platform <id>', 'platform that it joins, e.g. demo')
    .requiredOption(
      '--upstream <url>',
      'where its calls go, given again for each further address; the sandbox answers from the document',
      collected,
    )
  withPublicationOptions(publish)
    .option('--replace', 'replace what was published under the same code and version', false)
    .action(async (file: string, options) => {
      const { platform, replace } = options
      const answer = await control('POST', '/control/apis', {
        ...(await readPublication(file, options)),
        platform,
        replace,
      })
      const { id, ways } = published.parse(answer)
      terminal.print(`  ${style.good('On the air:')} ${style.strong(id)}`)
      const open = ways.filter(({ application }) => application !== null)
      const shown = open.length === 0 ? ways.filter(({ environment }) => environment === 'production') : open
      for (const each of shown) printWay(terminal, id, each)
    })

  const group = program.command('api').description('what is on the air')
  group
    .command('list')
    .description('every API version, of the platforms’ folders and of the store')
    .action(async () => {
      const rows = z
        .array(z.object({ id: z.string(), source: z.string(), state: z.string() }))
        .parse(await control('GET', '/control/apis'))
      terminal.print(columns([['API', 'STATE', 'FROM'], ...rows.map((row) => [row.id, row.state, row.source])]))
    })
  group
    .command('withdraw <api>')
    .description('take a published API off the air, e.g. demo/mon-api/1')
    .action(async (id: string) => {
      await control('DELETE', `/control/apis/${apiParts(id).map(encodeURIComponent).join('/')}`)
      terminal.print(`  ${id} is off the air.`)
    })
}

/** The lines that call it, whole where an application may call already. */
function printWay(
  { print, style }: Terminal,
  id: string,
  { environment, scope, tokenUrl, longLived, call, application }: Way,
): void {
  const { name, clientId, clientSecret } = application ?? { clientId: '<client_id>', clientSecret: '<client_secret>' }
  const answers = environment === 'production' ? 'Your service answers' : 'The sandbox answers, from the document,'
  if (name !== undefined) print(`\n  ${answers} the application ${style.strong(name)}:\n`)
  else {
    const [platform = ''] = id.split('/')
    print('\n  No application may call it yet. Register one, and give it access:\n')
    print(style.code(`portique application create "My application" --platform ${platform}`))
    print(style.code(`portique application subscribe <client_id> ${id}`))
    print('\n  Then, with what these printed:\n')
  }
  if (tokenUrl !== null)
    print(style.code(tokenCommand({ url: tokenUrl, clientId, clientSecret: clientSecret ?? '', scope })))
  else if (longLived) print(style.code(longLivedCommand({ clientId, title: id, scope })))
  else print('  Its realm gives tokens to people who sign in (docs/guides/sign-in.md); keep one in TOKEN.\n')
  print(style.code(callCommand(call.url, call)))
}

function apiParts(id: string): readonly string[] {
  const parts = id.split('/')
  if (parts.length === 3 && parts.every((part) => /[^.]/.test(part))) return parts
  throw new Problem({
    code: 'command/api',
    status: 400,
    text: {
      fr: `« ${id} » n’est pas une API : écrivez <plateforme>/<code>/<version>, comme « portique api list ».`,
      en: `"${id}" names no API: write <platform>/<code>/<version>, as \`portique api list\` does.`,
    },
  })
}
