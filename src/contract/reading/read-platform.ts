import { environments } from '../environment.js'
import type { Mistake } from '../mistake.js'
import type { GoneAddress, PathShape, Platform, Realm } from '../platform.js'
import { parseApiPath } from './api-path.js'
import { suggestion } from './did-you-mean.js'
import { isRecord } from './keywords.js'
import { oauthHabitsOf } from './oauth-shape.js'
import { parsePathShape } from './path-shape.js'
import { type PlatformSettings, platformShape } from './platform-shape.js'
import { checkShape, mistakeAt } from './shape-mistakes.js'
import { realmSignInOf } from './sign-in-shape.js'
import type { Source } from './source.js'
import { tokenHabitsOf } from './tokens-shape.js'
import { tourOf } from './tour-shape.js'

export interface ReadPlatform {
  /** Without APIs and personas; null when the file has mistakes in its shape. */
  readonly platform: Platform | null
  /** What the other files of the folder can be held against, even then. */
  readonly ground: Platform
  readonly mistakes: readonly Mistake[]
}

/** `platform.yaml` as a value, or every mistake in it. `name` is its folder's. */
export function readPlatform(
  source: Source,
  { name, folder }: { readonly name: string; readonly folder: string },
): ReadPlatform {
  const { value, mistakes } =
    source.value === undefined ? { value: null, mistakes: [] } : checkShape(platformShape, source)
  if (value === null) {
    return { platform: null, ground: groundOf(source, { name, folder }), mistakes: [...source.mistakes, ...mistakes] }
  }
  const path = parsePathShape(value.path)
  const platform = platformOf(value, 'wrong' in path ? anyPath : path, folder)
  const wrong = [
    ...source.mistakes,
    ...mistakes,
    ...nameMistakes(source, value.id, name),
    ...pathMistakes(source, path),
    ...goneMistakes(source, value),
    ...realmMistakes(source, value),
    ...tourMistakes(source, value),
  ]
  return { platform: 'wrong' in path ? null : platform, ground: platform, mistakes: wrong }
}

const anyPath: PathShape = { source: '', prefix: ['any'], sandboxMarker: null, versionMarker: 'v' }

const nameMistakes = (source: Source, id: string, name: string) =>
  id === name
    ? []
    : [
        mistakeAt(source, ['id'], {
          reason: `the id "${id}" is not the name of its folder, "${name}"`,
          mend: `Write "id: ${name}", or rename the folder.`,
        }),
      ]

const pathMistakes = (source: Source, path: PathShape | { readonly wrong: string }) =>
  'wrong' in path
    ? [
        mistakeAt(source, ['path'], {
          reason: `the path shape is refused: ${path.wrong}`,
          mend: 'Write it like "/demo/{api}/v{version}/{resource*}".',
        }),
      ]
    : []

const goneMistakes = (source: Source, { gone }: PlatformSettings) =>
  gone.flatMap(({ path }, index) => {
    const parsed = parseApiPath(path, '')
    if (!('wrong' in parsed) && parsed.versionAt === null) return []
    return [
      mistakeAt(source, ['gone', index, 'path'], {
        reason: `the address is refused: ${'wrong' in parsed ? parsed.wrong : 'it holds "{version}"'}`,
        mend: 'Write it like "/api/caf/famille".',
      }),
    ]
  })

function goneOf({ path, text }: PlatformSettings['gone'][number]): readonly GoneAddress[] {
  const parsed = parseApiPath(path, '')
  return 'wrong' in parsed ? [] : [{ path, segments: parsed.segments, text }]
}

const tourMistakes = (source: Source, { tour, tokens }: PlatformSettings) =>
  tour.flatMap((stop, index) =>
    'sandbox_token' in stop && tokens === null
      ? [
          mistakeAt(source, ['tour', index, 'sandbox_token'], {
            reason: 'the platform gives no long-lived tokens',
            mend: 'Write "tokens: { kind: jwt }" in platform.yaml, or leave this stop out.',
          }),
        ]
      : [],
  )

/** Only what can be read of a file with mistakes: its realms by name. */
function groundOf(source: Source, { name, folder }: { readonly name: string; readonly folder: string }): Platform {
  const realms = isRecord(source.value) && isRecord(source.value.realms) ? Object.keys(source.value.realms) : []
  const settings = platformShape.parse({
    id: 'any',
    title: 'any',
    path: '/any/{api}/v{version}/{resource*}',
    realms: { any: { flows: ['client_credentials'] } },
  })
  const ground = platformOf(settings, anyPath, folder)
  return {
    ...ground,
    id: name,
    realms: realms.flatMap((realm) => ground.realms.map((any) => ({ ...any, name: realm }))),
  }
}

function platformOf(value: PlatformSettings, path: PathShape, folder: string): Platform {
  return {
    id: value.id,
    title: value.title,
    dialect: value.dialect,
    hosts: { production: value.environments.production.hosts, sandbox: value.environments.sandbox.hosts },
    realms: Object.entries(value.realms).map(([realm, settings]) => realmOf(value.id, realm, settings)),
    path,
    gone: value.gone.flatMap(goneOf),
    oauth: oauthHabitsOf(value.oauth),
    sandboxScope: value.sandbox_scope,
    tour: tourOf(value.tour),
    checksParameters: value.parameters.checked,
    cases: value.cases,
    inFlight: value.in_flight,
    tokens: tokenHabitsOf(value.tokens),
    apis: [],
    personas: [],
    folder,
  }
}

function realmOf(platform: string, name: string, settings: PlatformSettings['realms'][string]): Realm {
  return {
    name,
    aliases: settings.aliases,
    flows: settings.flows,
    accessTokenSeconds: settings.access_token_seconds,
    expiresInShown: settings.expires_in_shown ?? settings.access_token_seconds,
    codeSeconds: settings.code_seconds,
    idTokenSeconds: settings.id_token_seconds,
    refreshTokenSeconds: settings.refresh_token_seconds,
    issuerPath: settings.issuer_path ?? `/connexion/${platform}/${name}`,
    hosts: settings.hosts,
    signIn: realmSignInOf(settings.sign_in),
  }
}

/** A name must mean one realm, an issuer one realm, a host one environment. */
function realmMistakes(source: Source, settings: PlatformSettings): readonly Mistake[] {
  const names = new Set(Object.keys(settings.realms))
  const issuers = new Set<string>()
  const mistakes: Mistake[] = []
  for (const [realm, { aliases, issuer_path }] of Object.entries(settings.realms)) {
    for (const [index, alias] of aliases.entries()) {
      if (names.has(alias))
        mistakes.push(
          mistakeAt(source, ['realms', realm, 'aliases', index], {
            reason: `"${alias}" already means a realm`,
            mend: 'Give it to one realm only.',
          }),
        )
      names.add(alias)
    }
    const issuer = issuer_path ?? `/connexion/${settings.id}/${realm}`
    if (issuers.has(issuer))
      mistakes.push(
        mistakeAt(source, ['realms', realm, 'issuer_path'], {
          reason: `the issuer "${issuer}" is already another realm's`,
          mend: 'Give each realm its own issuer_path.',
        }),
      )
    issuers.add(issuer)
  }
  return [...mistakes, ...hostMistakes(source, settings), ...realmHostMistakes(source, settings)]
}

/** A realm is served where the platform's authorization server is. */
function realmHostMistakes(source: Source, { realms, environments: declared }: PlatformSettings): readonly Mistake[] {
  const known = environments.flatMap((environment) => declared[environment].hosts.authorization)
  return Object.entries(realms).flatMap(([realm, { hosts }]) =>
    hosts.flatMap((host, index) =>
      known.includes(host)
        ? []
        : [
            mistakeAt(source, ['realms', realm, 'hosts', index], {
              reason: `the host "${host}" is none of the platform's authorization hosts`,
              mend: suggestion(host, known),
            }),
          ],
    ),
  )
}

/** On a mapped host the address decides the environment. */
function hostMistakes(source: Source, settings: PlatformSettings): readonly Mistake[] {
  const seen = new Map<string, string>()
  return environments.flatMap((environment) =>
    settings.environments[environment].hosts.api.flatMap((host, index) => {
      const other = seen.get(host)
      seen.set(host, environment)
      if (other === undefined || other === environment || settings.path.includes('{sandbox:')) return []
      return [
        mistakeAt(source, ['environments', environment, 'hosts', 'api', index], {
          reason: `the host "${host}" is already that of ${other}`,
          mend: 'Give each environment its own hosts, or mark the sandbox in the path: {sandbox:test?}{api}.',
        }),
      ]
    }),
  )
}
