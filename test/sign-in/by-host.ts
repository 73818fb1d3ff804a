import { type IncomingHttpHeaders, request } from 'node:http'
import { text } from 'node:stream/consumers'

export interface HostAnswer {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** A request to a port of this machine as a reverse proxy or a mapped name would bring it: with this Host. */
export function byHost(
  port: number,
  host: string,
  {
    path,
    form,
    cookie = '',
    authorization,
  }: {
    readonly path: string
    readonly form?: Readonly<Record<string, string>>
    readonly cookie?: string
    readonly authorization?: string
  },
): Promise<HostAnswer> {
  return new Promise((done, fail) => {
    const proof = authorization === undefined ? {} : { authorization }
    const headers = { host, accept: 'text/html', cookie, connection: 'close', ...proof }
    const posted = form === undefined ? undefined : new URLSearchParams(form).toString()
    const type = posted === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }
    const method = posted === undefined ? 'GET' : 'POST'
    const sent = request({ host: '127.0.0.1', port, path, method, headers: { ...headers, ...type } }, (answer) => {
      text(answer).then((body) => done({ status: answer.statusCode ?? 0, headers: answer.headers, body }), fail)
    })
    sent.on('error', fail)
    sent.end(posted)
  })
}
