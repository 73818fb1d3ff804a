import type { NewRow } from '../tables.js'

export const application = (id: string, more: Partial<NewRow<'application'>> = {}): NewRow<'application'> => ({
  id,
  name: 'Essai',
  platform: 'demo',
  environment: 'sandbox',
  type: 'private',
  state: 'active',
  redirect_uris: '[]',
  created_at: 1_700_000_000_000,
  updated_at: 1_700_000_000_000,
  ...more,
})

export const audit = (id: string, more: Partial<NewRow<'audit'>> = {}): NewRow<'audit'> => ({
  id,
  at: 1_700_000_000_000,
  actor: 'acc_1',
  action: 'tried',
  object: 'cli_1',
  detail: '{}',
  ...more,
})

export const artifact = (id: string, more: Partial<NewRow<'oidc_artifact'>> = {}): NewRow<'oidc_artifact'> => ({
  id_hash: id,
  realm: 'partenaire',
  model: 'AuthorizationCode',
  grant_id: null,
  uid: null,
  owner: null,
  client_id: null,
  payload: '{}',
  expires_at: null,
  consumed_at: null,
  ...more,
})

export const usage = (minute: number, more: Partial<NewRow<'usage_minute'>> = {}): NewRow<'usage_minute'> => ({
  minute,
  platform: 'demo',
  application_id: 'cli_1',
  api_id: 'demo/echo/1',
  environment: 'sandbox',
  status: 200,
  node: 'n1',
  calls: 1,
  request_bytes: 10,
  response_bytes: 20,
  duration_ms: 3,
  ...more,
})
