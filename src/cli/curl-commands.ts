import type { Json } from '#contract'

/** Shows the whole answer and keeps the token in `TOKEN`. */
export function tokenCommand(request: TokenRequest): string {
  const form = {
    grant_type: 'client_credentials',
    client_id: request.clientId,
    client_secret: request.clientSecret,
    ...(request.scope === '' ? {} : { scope: request.scope }),
  }
  const data = Object.entries(form).map(([name, value]) => `-d ${quoted(`${name}=${value}`)}`)
  const ask = `curl -s ${quoted(request.url)} ${data.join(' ')}`
  return `ANSWER=$(${ask}); echo "$ANSWER"; TOKEN=$(echo "$ANSWER" | sed 's/.*"access_token":"\\([^"]*\\)".*/\\1/')`
}

export interface TokenRequest {
  readonly url: string
  readonly clientId: string
  readonly clientSecret: string
  readonly scope: string
}

/** Gives an application a long-lived token, as the operator does, and keeps it in `TOKEN`. */
export function longLivedCommand({
  clientId,
  title,
  scope,
}: Pick<TokenRequest, 'clientId' | 'scope'> & { readonly title: string }): string {
  const scopes = scope === '' ? [] : [' --scope', ...scope.split(' ').map(quoted)]
  const create = `portique token create ${quoted(clientId)} --title ${quoted(title)}${scopes.join(' ')} --json`
  return `TOKEN=$(${create} | sed -n 's/.*"token": "\\(.*\\)".*/\\1/p')`
}

/** One call shows head and body; several show of each its status and, where there is one, how long to wait: heads alone, since a body may end without a line. */
export function callCommand(
  url: string,
  {
    repeat = 1,
    method = 'GET',
    body,
  }: { readonly repeat?: number; readonly method?: string; readonly body?: Json | undefined } = {},
): string {
  const bearer = '-H "Authorization: Bearer $TOKEN"'
  const verb = method === 'GET' ? '' : ` -X ${method}`
  const sent = body === undefined ? '' : ` -H 'Content-Type: application/json' -d ${quoted(JSON.stringify(body))}`
  if (repeat === 1) return `curl -i${verb} ${bearer} ${quoted(url)}${sent}`
  const numbered = `${url}${url.includes('?') ? '&' : '?'}call=[1-${repeat}]`
  return `curl -s -o /dev/null -D -${verb} ${bearer} ${quoted(numbered)} | grep -iE '^(HTTP|retry-after)'`
}

/** Bare where no shell reads anything into it, else between single quotes. */
const quoted = (text: string): string => (/^[\w.:/=,@%+-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`)
