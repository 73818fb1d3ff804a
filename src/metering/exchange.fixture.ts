import type { ApiVersion, FinishedExchange, Operation } from '#contract'

/** A finished call of the demo platform, as the gateway would tell it. */
export function finishedExchange(more: Partial<FinishedExchange> = {}): FinishedExchange {
  return {
    requestId: 'req_1',
    startedAt: 1_790_000_000_123,
    durationMilliseconds: 12.345,
    upstreamMilliseconds: 9.5,
    method: 'GET',
    api: demoApi(),
    operation: demoOperation,
    environment: 'production',
    applicationId: 'cli_1',
    tokenId: 'token-that-must-stay-secret',
    tokenName: null,
    habilitationId: null,
    person: null,
    recipient: null,
    fields: null,
    status: 200,
    refusal: null,
    quota: null,
    requestBytes: 10,
    responseBytes: 250,
    complete: true,
    ...more,
  }
}

export const demoOperation: Operation = {
  id: 'chercher',
  method: 'GET',
  segments: [{ literal: 'search' }],
  path: '/search',
  definition: {},
}

export function demoApi(more: Partial<ApiVersion> = {}): ApiVersion {
  return {
    id: 'demo/annuaire/1',
    platform: 'demo',
    code: 'annuaire',
    version: '1',
    title: { fr: 'Annuaire', en: 'Directory' },
    description: { fr: '', en: '' },
    lifecycle: { state: 'published', deprecatedOn: null, sunsetOn: null },
    realm: 'partenaire',
    scopes: { production: [], sandbox: [] },
    describedScopes: {},
    quotas: [],
    access: {
      approval: 'automatic',
      approvers: [],
      terms: null,
      consent: false,
      businessProfile: false,
      personalData: false,
    },
    upstreams: { production: 'sandbox', sandbox: 'sandbox' },
    limits: {
      requestBytesMax: 1,
      requestBodyMilliseconds: 1,
      connectMilliseconds: 1,
      headersMilliseconds: 1,
      idleMilliseconds: 1,
      totalMilliseconds: 1,
    },
    cors: null,
    operations: [demoOperation],
    document: {},
    source: { kind: 'store' },
    ...more,
  }
}
