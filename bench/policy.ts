/** The one policy that every peer of the gateway bench is asked to enforce, and the credentials to try it with. */
export const policy = {
  wide: {
    path: '/wide/v1/item',
    scope: 'bench_wide',
    quotaApplication: 1_000_000,
    quotaApi: 1_000_000,
    periodSeconds: 1,
  },
  narrow: { path: '/narrow/v1/item', scope: 'bench_narrow', quotaApplication: 200, quotaApi: 300, periodSeconds: 3600 },
} as const

/** Tokens of the peers that have no token endpoint of their own. */
export const fixedTokens = {
  first: {
    token: 'rQ2vX7mB0cJ4nT9eLk1sWdYzHgUaPo5f-F8iKxNtE3M',
    application: 'bench-first',
    scopes: ['bench_wide', 'bench_narrow'],
  },
  second: {
    token: 'h3Jt0ZcVq8Rw5yNbKe7LxGs1DmAuTf9P_4oEiHkUXlB',
    application: 'bench-second',
    scopes: ['bench_narrow'],
  },
  outsider: {
    token: 'p6Gd2MsYv1KnQz8CtWb4RfXj0LhEa7Ui-9oTwSyHkVJ',
    application: 'bench-outsider',
    scopes: ['bench_other'],
  },
} as const

/** What the upstream answers to every call: JSON of exactly 1,024 bytes, quotable in an nginx configuration. */
export const upstreamBody = padded(1024)

function padded(sizeBytes: number): string {
  const [head, tail] = ['{"id":"item-1","title":"Bench item","text":"', '"}']
  return head + 'lorem ipsum '.repeat(sizeBytes).slice(0, sizeBytes - head.length - tail.length) + tail
}
