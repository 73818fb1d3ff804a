import { environments } from '../environment.js'
import type { Mistake } from '../mistake.js'
import type { Platform, Realm } from '../platform.js'
import { oauthHabitsOf } from './oauth-shape.js'
import { parsePathShape } from './path-shape.js'
import { type PlatformSettings, platformShape } from './platform-shape.js'
import { checkShape, mistakeAt } from './shape-mistakes.js'
import type { Source } from './source.js'

/** `platform.yaml` as a value without APIs and personas, or every mistake in it. `name` is its folder's. */
export function readPlatform(
  source: Source,
  { name, folder }: { readonly name: string; readonly folder: string },
): { readonly platform: Platform | null; readonly mistakes: readonly Mistake[] } {
  if (source.value === undefined) return { platform: null, mistakes: source.mistakes }
  const { value, mistakes } = checkShape(platformShape, source)
  if (value === null) return { platform: null, mistakes: [...source.mistakes, ...mistakes] }
  const path = parsePathShape(value.path)
  const wrong = [
    ...source.mistakes,
    ...(value.id === name
      ? []
      : [
          mistakeAt(source, ['id'], {
            reason: `the id "${value.id}" is not the name of its folder, "${name}"`,
            mend: `Write "id: ${name}", or rename the folder.`,
          }),
        ]),
    ...('wrong' in path
      ? [
          mistakeAt(source, ['path'], {
            reason: `the path shape is refused: ${path.wrong}`,
            mend: 'Write it like "/demo/{api}/v{version}/{resource*}".',
          }),
        ]
      : []),
    ...realmMistakes(source, value),
  ]
  if ('wrong' in path) return { platform: null, mistakes: wrong }
  const platform: Platform = {
    id: value.id,
    title: value.title,
    dialect: value.dialect,
    hosts: { production: value.environments.production.hosts, sandbox: value.environments.sandbox.hosts },
    realms: Object.entries(value.realms).map(([realm, settings]) => realmOf(value.id, realm, settings)),
    path,
    oauth: oauthHabitsOf(value.oauth),
    sandboxScope: value.sandbox_scope,
    apis: [],
    personas: [],
    folder,
  }
  return { platform, mistakes: wrong }
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
  return [...mistakes, ...hostMistakes(source, settings)]
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
