import type { Generated, Insertable, Selectable } from 'kysely'

/**
 * The tables, common to both stores. Identifiers are made by the application, times are epoch milliseconds,
 * booleans are 0 or 1, JSON is text that only its owner reads. Columns named `*_sealed` hold what `Vault.seal` made.
 */
export interface Database {
  application: ApplicationTable
  credential: CredentialTable
  subscription: SubscriptionTable
  api_token: ApiTokenTable
  published_api: PublishedApiTable
  oidc_artifact: OidcArtifactTable
  usage_minute: UsageMinuteTable
  secret: SecretTable
  audit: AuditTable
  evidence: EvidenceTable
  sandbox_case: SandboxCaseTable
  sandbox_case_revision: SandboxCaseRevisionTable
  outbox: OutboxTable
}

export interface ApplicationTable {
  /** The client identifier, `cli_…` or the platform's own form. */
  id: string
  name: string
  platform: string
  environment: string
  /** `private` | `public` */
  type: string
  /** `active` | `suspended` */
  state: string
  /** JSON array of strings. */
  redirect_uris: string
  /** Where the application is told what people decide; null: nowhere. */
  event_url: string | null
  /** What it asks data for, in its own words; null: not said. */
  purpose: string | null
  created_at: number
  updated_at: number
}

export interface CredentialTable {
  id: string
  application_id: string
  /** `secret` | `api-key` */
  kind: string
  /** Sealed value, or null where only a hash is kept. */
  value_sealed: string | null
  /** SHA-256 of the value in base64url, to find an API key by it. */
  value_hash: string
  created_at: number
  expires_at: number | null
  revoked_at: number | null
  last_used_at: number | null
}

export interface SubscriptionTable {
  application_id: string
  environment: string
  api_id: string
  /** JSON array of quota rules that replace the API's own. */
  quotas: string
  created_at: number
  ends_at: number | null
}

/** A long-lived token: its text is made anew whenever it is shown, what it may do stands here. */
export interface ApiTokenTable {
  /** A UUID, `jti` of the text. */
  id: string
  application_id: string
  /** A UUID, `uid` of the text: whose token it is. */
  owner_id: string
  /** What it is for. */
  title: string
  habilitation_id: string | null
  /** SIRET of the body for which the data are. */
  recipient: string | null
  /** JSON array of strings. */
  scopes: string
  /** JSON array of strings. */
  rights: string
  /** JSON array of addresses and CIDR blocks; empty: from anywhere. */
  networks: string
  calls_per_minute: number | null
  created_at: number
  expires_at: number
  /** From then on it opens nothing, whatever it says itself. */
  blocked_at: number | null
  /** The token that takes its place. */
  replaced_by: string | null
  last_used_at: number | null
}

export interface PublishedApiTable {
  /** `<platform>/<code>/<version>` */
  id: string
  platform: string
  code: string
  version: string
  /** The OpenAPI document as published, JSON text. */
  document: string
  /** The api.yaml of it, as JSON text. */
  settings: string
  /** The adapter.yaml of it, as JSON text; null: none. */
  adapter: string | null
  published_at: number
}

/** What oidc-provider keeps: tokens, codes, grants, sessions, interactions. Found by hash, so that the table gives no usable token away. */
export interface OidcArtifactTable {
  /** SHA-256 of the identifier in base64url. */
  id_hash: string
  realm: string
  /** oidc-provider's model name, e.g. `ClientCredentials`. */
  model: string
  grant_id: string | null
  uid: string | null
  /** Hash: of a session's person, of the session that a grant was given in; null for the rest. */
  owner: string | null
  client_id: string | null
  /** JSON without the identifier itself; sealed for models that hold secrets. */
  payload: string
  expires_at: number | null
  /** When what may be used once was used; of a consent, when it was used last; of an account, when it was disabled; of what is counted in a window (`countInWindow`), how many. */
  consumed_at: number | null
}

export interface UsageMinuteTable {
  /** Start of the minute. */
  minute: number
  platform: string
  application_id: string
  api_id: string
  environment: string
  status: number
  node: string
  calls: number
  request_bytes: number
  response_bytes: number
  duration_ms: number
}

/** Secrets of the platform itself: signing keys of realms and of the gateway. */
export interface SecretTable {
  name: string
  version: number
  value_sealed: string
  created_at: number
  retired_at: number | null
}

export interface AuditTable {
  id: string
  at: number
  actor: string
  action: string
  object: string
  /** JSON, no secret, no personal value. */
  detail: string
}

/** Who called what for personal data, when, with what result: no value of the person. */
export interface EvidenceTable {
  id: string
  /** When the call came. */
  at: number
  request_id: string
  application_id: string | null
  /** Tells tokens apart and gives none away. */
  token_mark: string | null
  /** Of a token that has a name of its own, which opens nothing. */
  token_id: string | null
  habilitation_id: string | null
  /** Keyed hash of the person's identity. */
  person: string | null
  /** SIRET of the body for which the data were. */
  recipient: string | null
  /** JSON array of the names of the fields that left; null: none did. */
  fields: string | null
  api_id: string
  operation_id: string | null
  environment: string
  method: string
  status: number
  /** The refusal's code; null when the upstream or the sandbox answered. */
  refusal: string | null
  /** Kept free for a chain of hashes. */
  previous_hash: string | null
  hash: string | null
}

/** A case of the sandbox that is kept beside those of the folders. */
export interface SandboxCaseTable {
  /** Whose alone it is; empty: shared by all. */
  application_id: string
  api_id: string
  operation_id: string
  /** `<folder>/<name>.yaml`: its address in an import and in an export. */
  file: string
  title: string
  description: string
  /** JSON object. */
  params: string
  /** JSON object. */
  headers: string
  status: number
  /** JSON; null: no body. */
  payload: string | null
  /** Counts up with every change, from 1. */
  revision: number
  updated_at: number
  updated_by: string
}

/** What a case was after each change: the last one is what it is, or that it is gone. */
export interface SandboxCaseRevisionTable {
  /** Made of the key of the case, so that it outlives it. */
  case_id: string
  revision: number
  at: number
  actor: string
  /** `add` | `edit` | `import` | `restore` | `remove` */
  action: string
  application_id: string
  api_id: string
  operation_id: string
  file: string
  title: string
  description: string
  params: string
  headers: string
  status: number
  payload: string | null
}

/** The change feed: rows are read in order of `sequence`, by a cursor that never skips a transaction still open. */
export interface OutboxTable {
  sequence: Generated<number>
  at: number
  topic: string
  key: string
}

export type Row<T extends keyof Database> = Selectable<Database[T]>
export type NewRow<T extends keyof Database> = Insertable<Database[T]>
