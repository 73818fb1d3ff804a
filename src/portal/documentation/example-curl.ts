import type { ApiVersion } from '#contract'
import { type ExampleCall, type ExampleHeader, exampleCall } from './example-call.js'
import { fieldOf, type TokenGround, type TokenSteps, tokenSteps } from './example-token.js'
import { quoted } from './quoted.js'

export interface ExampleCommands {
  /** Null: the call needs no token, or none that can be shown. */
  readonly token: TokenSteps | null
  /** Anyone may call without a token. */
  readonly open: boolean
  readonly call: string
}

/** Commands for a shell that call an API in its sandbox. Null: it has nothing that anyone may call. */
export function exampleCurl(api: ApiVersion, ground: TokenGround): ExampleCommands | null {
  const call = exampleCall(api, ground.platform)
  if (call === null) return null
  const open = api.access.open === true
  const before = call.headers.flatMap(({ from }) => (from === null ? [] : [from]))
  const curl = (made: ExampleCall, options: string) =>
    curlOf(made, options, { open, gateway: ground.addresses.gateway })
  return {
    open,
    token: tokenSteps([api, ...before.map((from) => from.api)], ground),
    call: [
      ...before.map((from) => `${variable(from.field)}=$(${curl(from.call, '-s')} \\\n  | ${fieldOf(from.field)})`),
      curl(call, '-i'),
    ].join('\n'),
  }
}

interface Around {
  readonly open: boolean
  readonly gateway: string
}

function curlOf(
  { operation, address, headers, body }: ExampleCall,
  options: string,
  { open, gateway }: Around,
): string {
  const method = operation.method === 'GET' ? '' : ` -X ${operation.method}`
  return [
    `curl ${options} -g${method} ${quoted(gateway + address)}`,
    ...(open ? [] : ['-H "Authorization: Bearer $TOKEN"']),
    ...headers.map(headerOption),
    ...(body === undefined ? [] : [`-H 'Content-Type: application/json'`, `-d ${quoted(JSON.stringify(body))}`]),
  ].join(' \\\n  ')
}

const headerOption = ({ name, value, from }: ExampleHeader) =>
  from === null ? `-H ${quoted(`${name}: ${value}`)}` : `-H "${name}: $${variable(from.field)}"`

const variable = (field: string) => field.replaceAll(/(?<=[a-z])(?=[A-Z])|\W/g, '_').toUpperCase()
