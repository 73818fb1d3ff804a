import { Problem, type Settings } from '#base'

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

/**
 * What production cannot do without. Throws `serve/settings` naming every setting that is missing or unsafe, why, and what to write:
 * three origins, so that a page or a provider's answer can never act for another part (RFC 9700 section 4.16), over https (section 2.6).
 */
export function serveAddresses(settings: Settings): ServeAddresses {
  const wrong = [
    ...missingAddresses(settings),
    ...unsafeAddresses(settings),
    ...sharedOrigins(settings),
    ...missingKey(settings),
    ...halfTls(settings),
  ]
  const { PORTIQUE_URL: portal, PORTIQUE_AUTHORIZATION_URL: authorization, PORTIQUE_GATEWAY_URL: gateway } = settings
  if (wrong.length > 0 || portal === undefined || authorization === undefined || gateway === undefined)
    throw refusal(wrong)
  return { portal, authorization, gateway }
}

function missingAddresses(settings: Settings): readonly string[] {
  return Object.entries(needed)
    .filter(([, name]) => settings[name] === undefined)
    .map(
      ([part, name]) =>
        `${name} is not set: the public address of the ${part === 'authorization' ? 'authorization server' : part}, e.g. ${name}=https://${part}.example.fr`,
    )
}

function unsafeAddresses(settings: Settings): readonly string[] {
  return Object.values(needed).flatMap((name) => {
    const value = settings[name]
    if (value === undefined) return []
    const { protocol, hostname, pathname } = new URL(value)
    if (pathname !== '/') return [`${name} has a path: write the origin alone`]
    return protocol === 'https:' || isLoopback(hostname)
      ? []
      : [`${name} is not https: tokens and pages would travel in clear`]
  })
}

function sharedOrigins(settings: Settings): readonly string[] {
  const origins = Object.values(needed).flatMap((name) =>
    settings[name] === undefined ? [] : [{ name, origin: new URL(settings[name]).origin }],
  )
  return [...Map.groupBy(origins, ({ origin }) => origin)]
    .filter(([, alike]) => alike.length > 1)
    .map(
      ([origin, alike]) =>
        `${alike.map(({ name }) => name).join(' and ')} share an origin: give each its own host, not ${origin} for all`,
    )
}

function missingKey(settings: Settings): readonly string[] {
  return settings.PORTIQUE_SECRET_KEY === undefined
    ? [
        'PORTIQUE_SECRET_KEY is not set: secrets are sealed with it; make one with `openssl rand 32 | basenc --base64url` and keep it outside the data folder',
      ]
    : []
}

function halfTls(settings: Settings): readonly string[] {
  return (settings.PORTIQUE_TLS_CERT === undefined) === (settings.PORTIQUE_TLS_KEY === undefined)
    ? []
    : ['PORTIQUE_TLS_CERT and PORTIQUE_TLS_KEY go together: only one of them is set']
}

const isLoopback = (host: string): boolean => host === 'localhost' || host === '127.0.0.1' || host === '[::1]'

function refusal(wrong: readonly string[]): Problem {
  const list = wrong.map((line) => `\n  - ${line}`).join('')
  return new Problem({
    code: 'serve/settings',
    status: 500,
    text: { fr: `Démarrage refusé :${list}`, en: `Start refused:${list}` },
  })
}
