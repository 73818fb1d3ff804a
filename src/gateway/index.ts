/** The data plane: finds the API, proves the caller's right, spends quota, forwards or lets the sandbox answer, and records. It knows no SQL and no platform by name. */

export { createFront, type Front, type FrontOptions } from './front/front.js'
export { createFrontRefusals, type FrontRefusals } from './front/front-refusals.js'
export type { FrontSettings, FrontTls } from './front/front-settings.js'
export type { Speaker } from './front/refuse-at-front.js'
export { createGateway, type Gateway, type GatewayOptions } from './gateway.js'
export {
  createIdentitySigner,
  type IdentityKeySet,
  identityKeyId,
  identityKeySet,
} from './identity/identity-signer.js'
export type { Incoming } from './incoming.js'
export type { Lane } from './lane/lane.js'
export type {
  EndMark,
  HashPerson,
  IdentityClaims,
  KeepEvidence,
  MarkFlight,
  Record,
  SignIdentity,
  Snapshot,
  Spend,
  Verify,
} from './ports.js'
export type { Reply } from './reply.js'
export { createCallerAddress } from './request/caller-address.js'
export { createRequestIds, type RequestIds } from './request/request-ids.js'
export type { GatewaySettings } from './settings.js'
