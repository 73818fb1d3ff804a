import type { TlsOptions } from 'node:tls'

/** Bounds of the front; sizes in bytes, times in milliseconds. */
export interface FrontSettings {
  readonly headerBytesMax: number
  /** For the whole head to arrive. */
  readonly headersMilliseconds: number
  /** For the whole request to arrive, body included, in whatever room. */
  readonly requestMilliseconds: number
  /** A connection on which nothing moves, either way, idle ones too, is closed; longer than the longest upstream may take. */
  readonly silenceMilliseconds: number
  readonly connectionsMax: number
  /** Requests that one connection may send ahead of their answers, where node:http carries them. */
  readonly pipelinedMax: number
  /** From one address that is not a trusted proxy. */
  readonly connectionsPerAddress: number
  readonly trustedProxies: readonly string[]
  readonly problemsUrl: string
}

export const frontDefaults: FrontSettings = {
  headerBytesMax: 16_384,
  headersMilliseconds: 10_000,
  requestMilliseconds: 60_000,
  silenceMilliseconds: 120_000,
  connectionsMax: 8_192,
  pipelinedMax: 32,
  connectionsPerAddress: 2_048,
  trustedProxies: [],
  problemsUrl: 'about:blank#',
}

/** PEM texts. */
export interface FrontTls {
  readonly cert: string
  readonly key: string
}

/** TLS 1.2 and later, forward secrecy and authenticated encryption only (ANSSI, TLS guide v1.2). */
export const tlsOptions = ({ cert, key }: FrontTls): TlsOptions => ({
  cert,
  key,
  minVersion: 'TLSv1.2',
  honorCipherOrder: true,
  ecdhCurve: 'X25519:P-256:P-384',
  ciphers: [
    'TLS_AES_256_GCM_SHA384:TLS_AES_128_GCM_SHA256:TLS_CHACHA20_POLY1305_SHA256',
    'ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256',
    'ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305',
  ].join(':'),
})
