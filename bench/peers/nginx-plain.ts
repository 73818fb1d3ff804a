import { freePort } from '../free-port.js'
import { nginxVersion, startNginx } from '../nginx.js'
import { fixedTokenPeer } from './fixed-token-peer.js'
import { nginxProxy } from './nginx-proxy.js'
import type { Peer } from './peer.js'

/** nginx as a proxy that decides nothing: what forwarding alone costs. */
export const nginxPlain: Peer = {
  name: 'nginx, plain proxy',
  enforces: 'nothing',
  missing: () => (nginxVersion() === undefined ? 'nginx is missing (apt-get install nginx)' : undefined),
  async start({ upstreamUrl, folder, core }) {
    const port = await freePort()
    const http = nginxProxy({ port, upstreamUrl, locations: 'location / { proxy_pass http://upstream; }' })
    return fixedTokenPeer(await startNginx({ name: 'nginx plain', folder, core, http }), port)
  },
}
