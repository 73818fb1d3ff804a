import { readFileSync } from 'node:fs'
import type { Mistake } from '#contract'
import { settingMistake } from './setting-mistake.js'
import type { Settings } from './settings.js'

export interface ServeAddresses {
  readonly portal: string
  readonly authorization: string
  readonly gateway: string
}

const needed = {
  portal: 'PORTIQUE_URL',
  authorization: 'PORTIQUE_AUTHORIZATION_URL',
  gateway: 'PORTIQUE_GATEWAY_URL',
} as const

export interface ServeSettings {
  /** Null: one is not set. */
  readonly addresses: ServeAddresses | null
  readonly mistakes: readonly Mistake[]
}

/**
 * What production cannot do without, and every setting that is missing or unsafe, why, and what to write: three origins, so that a page
 * or a provider's answer can never act for another part (RFC 9700 section 4.16), over https (section 2.6).
 */
export function serveSettings(settings: Settings): ServeSettings {
  const { PORTIQUE_URL: portal, PORTIQUE_AUTHORIZATION_URL: authorization, PORTIQUE_GATEWAY_URL: gateway } = settings
  const whole = portal !== undefined && authorization !== undefined && gateway !== undefined
  return {
    addresses: whole ? { portal, authorization, gateway } : null,
    mistakes: [
      ...missingAddresses(settings),
      ...unsafeAddresses(settings),
      ...sharedOrigins(settings),
      ...missingKey(settings),
      ...tlsFiles(settings),
    ],
  }
}

function missingAddresses(settings: Settings): readonly Mistake[] {
  return Object.entries(needed)
    .filter(([, name]) => settings[name] === undefined)
    .map(([part, name]) =>
      settingMistake(
        name,
        `not set: the public address of the ${part === 'authorization' ? 'authorization server' : part}`,
        `${name}=https://${part}.example.fr`,
      ),
    )
}

function unsafeAddresses(settings: Settings): readonly Mistake[] {
  return Object.values(needed).flatMap((name) => {
    const value = settings[name]
    if (value === undefined) return []
    const { protocol, host, hostname, pathname } = new URL(value)
    if (pathname !== '/') return [settingMistake(name, 'it has a path', `Write the origin alone: ${protocol}//${host}`)]
    return protocol === 'https:' || isLoopback(hostname)
      ? []
      : [settingMistake(name, 'not https: tokens and pages would travel in clear', `${name}=https://${host}`)]
  })
}

function sharedOrigins(settings: Settings): readonly Mistake[] {
  const origins = Object.values(needed).flatMap((name) =>
    settings[name] === undefined ? [] : [{ name, origin: new URL(settings[name]).origin }],
  )
  return [...Map.groupBy(origins, ({ origin }) => origin)]
    .filter(([, alike]) => alike.length > 1)
    .map(([origin, alike]) =>
      settingMistake(
        alike.map(({ name }) => name).join(' and '),
        `they share the origin ${origin}: a page of one could act for the other`,
        'Give each a host of its own.',
      ),
    )
}

const missingKey = ({ PORTIQUE_SECRET_KEY: key }: Settings): readonly Mistake[] =>
  key === undefined
    ? [
        settingMistake(
          'PORTIQUE_SECRET_KEY',
          'not set: secrets are sealed with it',
          'Make one with `openssl rand 32 | basenc --base64url`, and keep it outside the data folder.',
        ),
      ]
    : []

function tlsFiles({ PORTIQUE_TLS_CERT: cert, PORTIQUE_TLS_KEY: key }: Settings): readonly Mistake[] {
  if ((cert === undefined) !== (key === undefined)) {
    const [set, missing] = cert === undefined ? ['KEY', 'CERT'] : ['CERT', 'KEY']
    return [settingMistake(`PORTIQUE_TLS_${missing}`, `not set, though PORTIQUE_TLS_${set} is`, 'Set both, or none.')]
  }
  return Object.entries({ PORTIQUE_TLS_CERT: cert, PORTIQUE_TLS_KEY: key })
    .filter(([, file]) => file !== undefined && !isReadable(file))
    .map(([name, file]) => settingMistake(name, `${file} cannot be read`, 'Mend the path, or its permissions.'))
}

function isReadable(file: string): boolean {
  try {
    readFileSync(file)
    return true
  } catch {
    return false
  }
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '127.0.0.1' || host === '[::1]'
