import {
  type ApiVersion,
  formatPath,
  type Json,
  type Operation,
  type Platform,
  type SandboxCase,
  tokenTarget,
} from '#contract'

/** What lets anyone call the sandbox of a platform at once, where a process gives it away. */
export type SandboxAccess =
  | { readonly kind: 'token'; readonly token: string }
  | { readonly kind: 'client'; readonly clientId: string; readonly clientSecret: string }

export interface CurlGround {
  readonly platform: Platform
  readonly addresses: { readonly authorization: string; readonly gateway: string }
  readonly access: SandboxAccess | null
}

/** Commands for a shell, one after another: the first keeps a token in `TOKEN`. Null: the API has nothing to call with GET. */
export function exampleCurl(api: ApiVersion, ground: CurlGround): readonly string[] | null {
  const example = exampleOf(api)
  if (example === null) return null
  const { platform, addresses } = ground
  const address = formatPath(platform.path, api, { environment: 'sandbox', resource: resourceOf(example, platform) })
  const token = tokenCommand(api, ground)
  return [
    ...(token === null ? [] : [token]),
    `curl -i -g -H "Authorization: Bearer $TOKEN" ${quoted(addresses.gateway + address)}`,
  ]
}

interface Example {
  readonly operation: Operation
  readonly one: SandboxCase | null
}

/** A call that a case answers with data, that needs no person and no particular right. */
function exampleOf({ operations, cases = [] }: ApiVersion): Example | null {
  const open = operations.filter(
    ({ method, definition }) =>
      method === 'GET' &&
      Reflect.get(definition, 'x-person') === undefined &&
      Reflect.get(definition, 'x-right') === undefined,
  )
  for (const operation of open) {
    const reserved = (operation.definition.parameters ?? []).filter(
      (each) => Reflect.get(each, 'x-right') !== undefined,
    )
    const one = cases.find(
      ({ operation: id, status, params }) =>
        id === operation.id && status === 200 && !reserved.some(({ name }) => Object.hasOwn(params, name)),
    )
    if (one !== undefined) return { operation, one }
  }
  const [operation] = open.toSorted((a, b) => required(a) - required(b))
  return operation === undefined ? null : { operation, one: null }
}

const required = ({ definition }: Operation) =>
  (definition.parameters ?? []).filter((each) => each.required === true).length

function resourceOf({ operation, one }: Example, { cases }: Platform): string {
  const parameters = operation.definition.parameters ?? []
  const values = new Map<string, Json>(Object.entries(one?.params ?? {}))
  for (const { name, required, example, schema } of parameters) {
    const plain = name.replace(/\[\]$/, '')
    const asked = required === true && (one === null || !values.has(plain) || cases?.ignored.includes(plain) === true)
    if (asked && !values.has(plain)) values.set(plain, example ?? schema?.example ?? schema?.default ?? 'x')
  }
  const path = (operation.path === '/' ? '' : operation.path).replaceAll(/\{([^}]+)\}/g, (_, name: string) => {
    const value = values.get(name)
    values.delete(name)
    return encoded(String(value ?? 'x'))
  })
  const spelled = (name: string) =>
    parameters.find((each) => each.name.replace(/\[\]$/, '').trim() === name)?.name.trim() ?? name
  const query = [...values].flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((each) => `${encoded(spelled(name))}=${encoded(String(each))}`),
  )
  return query.length === 0 ? path : `${path}?${query.join('&')}`
}

function tokenCommand(api: ApiVersion, { platform, addresses, access }: CurlGround): string | null {
  if (access?.kind === 'token') return `TOKEN=${quoted(access.token)}`
  const realm = platform.realms.find(({ name }) => name === api.realm)
  if (realm === undefined || !realm.flows.includes('client_credentials')) return null
  const scope = [...api.scopes.sandbox, ...(api.dataScopes ?? [])].join(' ')
  const form = {
    client_id: access?.clientId ?? 'CLIENT_ID',
    client_secret: access?.clientSecret ?? 'CLIENT_SECRET',
    grant_type: 'client_credentials',
    scope,
  }
  const data = Object.entries(form).map(([name, value]) => `--data-urlencode ${quoted(`${name}=${value}`)}`)
  const ask = `curl -s ${data.join(' ')} ${quoted(addresses.authorization + tokenTarget(platform, realm))}`
  return `TOKEN=$(${ask} | sed 's/.*"access_token" *: *"\\([^"]*\\)".*/\\1/')`
}

/** For a POSIX shell, whatever stands in it. */
const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

/** Half a character, as a case may hold one, has no spelling in an address. */
const encoded = (text: string) => encodeURIComponent(text.toWellFormed())
