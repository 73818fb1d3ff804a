import { environments } from '../environment.js'
import type { Mistake } from '../mistake.js'
import type { Platform } from '../platform.js'
import { parseApiPath } from './api-path.js'
import type { ApiSettings } from './api-shape.js'
import { suggestion } from './did-you-mean.js'
import { called, mistakeAt, valueAt } from './shape-mistakes.js'
import type { Source } from './source.js'

interface SettingsAround {
  readonly settings: Source
  readonly platform: Platform
  /** Names of the folders; null where there are none. */
  readonly names: { readonly code: string; readonly version: string } | null
  readonly dataScopes: ReadonlySet<string>
}

/** `api.yaml` held against its folder, its platform and the scopes of its contract. */
export function settingsMistakes(
  value: ApiSettings,
  { settings, platform, names, dataScopes }: SettingsAround,
): readonly Mistake[] {
  const realms = platform.realms.map(({ name }) => name)
  const { required, described } = value.scopes
  // As written: a scope that is refused for its spelling is described all the same.
  const written = valueAt(settings.value, ['scopes', 'required'])
  const named: readonly unknown[] = Array.isArray(written) ? written : required
  const told = (path: readonly (string | number)[], reason: string, mend: string, of: 'key' | 'value' = 'value') =>
    mistakeAt(settings, path, { reason, mend, of })
  return [
    ...(['code', 'version'] as const)
      .filter((key) => names !== null && names[key] !== value[key])
      .map((key) =>
        told(
          [key],
          `the ${key} "${value[key]}" is not the name of its folder, "${names?.[key]}"`,
          `Write ${key}: "${names?.[key]}", or rename the folder.`,
        ),
      ),
    ...pathMistakes(settings, value),
    ...(value.realm !== undefined && realms.length > 0 && !realms.includes(value.realm)
      ? [told(['realm'], `the platform has no realm "${value.realm}"`, suggestion(value.realm, realms))]
      : []),
    ...(value.realm === undefined && realms.length > 1
      ? [
          told(
            ['realm'],
            'the platform has several realms and the API names none',
            `Add ${called(settings, ['realm'])}, one of: ${realms.join(', ')}.`,
            'key',
          ),
        ]
      : []),
    ...realmMistakes(value, { settings, platform }),
    ...(value.scopes.opens_all && named.length === 0
      ? [told(['scopes', 'opens_all'], 'no scope is required that could open all', 'Name it in "scopes.required".')]
      : []),
    ...required.flatMap((scope, index) =>
      required.indexOf(scope) === index
        ? []
        : [told(['scopes', 'required', index], `the scope "${scope}" is required twice`, 'Keep one of the two.')],
    ),
    ...Object.keys(described)
      .filter((scope) => !named.includes(scope) && !dataScopes.has(scope))
      .map((scope) =>
        told(
          ['scopes', 'described', scope],
          `the scope "${scope}" is described but neither required nor named by an x-scope of the contract`,
          suggestion(scope, [...required, ...dataScopes]),
          'key',
        ),
      ),
    ...(value.scopes.personal ?? []).flatMap((scope, index) =>
      named.includes(scope) || dataScopes.has(scope)
        ? []
        : [
            told(
              ['scopes', 'personal', index],
              `the scope "${scope}" is neither required nor named by an x-scope of the contract`,
              suggestion(scope, [...required, ...dataScopes]),
            ),
          ],
    ),
    ...value.quotas.flatMap((rule, index) =>
      value.quotas.findIndex((other) => other.key === rule.key && other.periodSeconds === rule.periodSeconds) === index
        ? []
        : [
            told(
              ['quotas', index],
              `a second quota for "${rule.key}" over ${rule.periodSeconds} s`,
              'Keep one of the two.',
            ),
          ],
    ),
  ]
}

/** Only a realm where people sign in has claims to answer with. */
function realmMistakes(
  { realm, upstreams }: ApiSettings,
  { settings, platform }: Pick<SettingsAround, 'settings' | 'platform'>,
): readonly Mistake[] {
  const own = platform.realms.find(({ name }) => realm === undefined || name === realm)
  if (own === undefined || own.flows.includes('authorization_code')) return []
  return environments
    .filter((environment) => upstreams[environment] === 'realm')
    .map((environment) =>
      mistakeAt(settings, ['upstreams', environment], {
        reason: `nobody signs in to the realm "${own.name}", which has no claims to answer with`,
        mend: 'Name a realm with the flow authorization_code, or another upstream.',
      }),
    )
}

function pathMistakes(settings: Source, { path, version }: ApiSettings): readonly Mistake[] {
  const parsed = path === undefined ? null : parseApiPath(path, version)
  if (parsed === null || !('wrong' in parsed)) return []
  const mend = 'Write it like "/v{version}/dss/quotient_familial" or "/mtes/sne-cotation/v1.0".'
  return [mistakeAt(settings, ['path'], { reason: `the base path is refused: ${parsed.wrong}`, mend })]
}
