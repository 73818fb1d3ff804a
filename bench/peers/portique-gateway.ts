import { startPortique } from '../portique.js'
import type { Peer } from './peer.js'

/** Portique with everything on, as its users run it. */
export const portiqueGateway: Peer = {
  name: 'Portique',
  enforces: 'token, scope, both quotas, usage, access log',
  missing: () => undefined,
  async start(setup) {
    const portique = await startPortique(setup)
    try {
      return { child: portique.child, ...(await portique.publish()) }
    } catch (error) {
      await portique.child.stop()
      throw error
    }
  },
}
