import { describe } from 'node:test'
import { storeKinds } from '../start/place.js'
import { ownPortique } from '../start/portique.js'
import { gatewayErrors } from './gateway-errors.js'
import { seedRequests } from './requests.js'
import { tokenErrors } from './token-errors.js'

for (const kind of storeKinds)
  describe(`France Travail as its documents show it, on the ${kind.name}`, () => {
    const portique = ownPortique(kind)
    seedRequests(portique)
    tokenErrors(portique)
    gatewayErrors(portique)
  })
