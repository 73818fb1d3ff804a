import type { Child } from '../child.js'

/** What a peer enforces before it forwards a call; said in the table so that nobody compares unlike things. */
export type Enforces =
  | 'nothing'
  | 'token, scope, quota per application'
  | 'token, scope, both quotas, usage, access log'

export type PeerSetup = {
  readonly upstreamUrl: string
  /** A folder of its own for what it writes. */
  readonly folder: string
  readonly core: number
}

/** Values of the Authorization header. */
export type Authorizations = { readonly first: string; readonly second: string; readonly outsider: string }

export type RunningPeer = {
  readonly child: Child
  readonly wideUrl: string
  readonly narrowUrl: string
  /** Asked for before each round: a peer with a token endpoint gives fresh ones. */
  authorizations(): Promise<Authorizations>
}

export type Peer = {
  readonly name: string
  readonly enforces: Enforces
  /** Why it cannot be measured on this machine and how to mend it; undefined when it can. */
  missing(): string | undefined
  start(setup: PeerSetup): Promise<RunningPeer>
}
