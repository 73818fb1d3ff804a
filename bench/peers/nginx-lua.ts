import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { freePort } from '../free-port.js'
import { hasNginxLua, nginxVersion, startNginx } from '../nginx.js'
import { benchFolder } from '../paths.js'
import { fixedTokens, policy } from '../policy.js'
import { fixedTokenPeer } from './fixed-token-peer.js'
import { nginxProxy } from './nginx-proxy.js'
import type { Peer } from './peer.js'

/** nginx with the whole policy in Lua, as lean as we can write it: the yardstick for Portique. */
export const nginxLua: Peer = {
  name: 'nginx + Lua, same policy',
  enforces: 'token, scope, both quotas, usage, access log',
  missing() {
    if (nginxVersion() === undefined) return 'nginx is missing (apt-get install nginx libnginx-mod-http-lua)'
    return hasNginxLua() ? undefined : "nginx's Lua module is missing (apt-get install libnginx-mod-http-lua)"
  },
  async start({ upstreamUrl, folder, core }) {
    await mkdir(folder, { recursive: true })
    await writeFile(join(folder, 'tokens.lua'), tokenTable())
    const port = await freePort()
    const locations = [policy.wide, policy.narrow].map(location).join('\n    ')
    const http = `${preamble(folder)}${nginxProxy({ port, upstreamUrl, locations })}`
    return fixedTokenPeer(await startNginx({ name: 'nginx lua', folder, core, http, withLua: true }), port)
  },
}

function preamble(folder: string): string {
  return `
  lua_package_path "${folder}/?.lua;${benchFolder}/peers/?.lua;;";
  lua_shared_dict tokens 1m;
  lua_shared_dict counters 1m;
  lua_shared_dict usage 1m;
  log_format calls '$time_iso8601 $request_id $request_method $uri $status $bytes_sent $request_time $application';
  init_by_lua_block { policy = require("nginx-policy") policy.load(require("tokens")) }
`
}

type Api = (typeof policy)[keyof typeof policy]

function location(api: Api): string {
  const numbers = `${api.quotaApplication}, ${api.quotaApi}, ${api.periodSeconds}`
  return `location = ${api.path} {
      set $application "-";
      access_log calls.log calls buffer=64k flush=1s;
      access_by_lua_block { return policy.admit("${api.scope}", ${numbers}) }
      log_by_lua_block { policy.count("${api.scope}") }
      # Said again: headers set here replace those set above, and without this line no upstream connection is kept.
      proxy_set_header Connection "";
      proxy_set_header Authorization "";
      proxy_set_header X-Request-Id $request_id;
      proxy_set_header X-Application $application;
      proxy_pass http://upstream;
    }`
}

function tokenTable(): string {
  const rows = Object.values(fixedTokens).map(
    ({ token, application, scopes }) => `["${token}"] = "${application}| ${scopes.join(' ')} "`,
  )
  return `return { ${rows.join(', ')} }\n`
}
