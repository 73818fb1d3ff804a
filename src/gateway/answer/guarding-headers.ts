/** On every answer: no sniffing, and nothing of it may run, frame or be framed, should a browser show it as a page. */
export const guardingHeaders: readonly string[] = [
  'X-Content-Type-Options',
  'nosniff',
  'Content-Security-Policy',
  "default-src 'none'; sandbox; frame-ancestors 'none'",
]

/** RFC 6797: only over TLS; two years. */
export const transportSecurity: readonly string[] = ['Strict-Transport-Security', 'max-age=63072000']
