import { join } from 'node:path'
import { type Child, startChild, untilReady } from './child.js'
import { freePort } from './free-port.js'
import { nginxVersion, startNginx } from './nginx.js'
import { upstreamBody } from './policy.js'

/** The one upstream behind every peer: it answers 1 kB of fixed JSON as fast as can be. */
export type RunningUpstream = { readonly url: string; readonly kind: string; readonly child: Child }

export async function startUpstream(folder: string, core: number, body = upstreamBody): Promise<RunningUpstream> {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const version = nginxVersion()
  const child =
    version === undefined
      ? startNodeUpstream({ port, core, body })
      : await startNginxUpstream(folder, { port, core, body })
  await untilReady(child, async () => (await (await fetch(url)).text()) === body)
  return { url, kind: version ?? `node ${process.version}`, child }
}

type Serving = { readonly port: number; readonly core: number; readonly body: string }

function startNginxUpstream(folder: string, { port, core, body }: Serving): Promise<Child> {
  const http = `server {
    listen 127.0.0.1:${port};
    default_type application/json;
    location / { return 200 '${body}'; }
  }`
  return startNginx({ name: 'upstream', folder: join(folder, 'upstream'), core, http })
}

function startNodeUpstream({ port, core, body }: Serving): Child {
  const script = join(import.meta.dirname, 'upstream-server.js')
  return startChild({
    name: 'upstream',
    core,
    command: process.execPath,
    args: [script, String(port)],
    env: { BENCH_BODY: body },
  })
}
