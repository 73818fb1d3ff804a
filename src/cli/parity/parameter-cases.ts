import type { ParameterDefinition } from '#contract'
import { type Parameters, queryOf } from './good-query.js'
import { bearer, get, type ParityCase, type Subject } from './parity-case.js'

/** Parameters that are missing, wrong, repeated or of another kind, one at a time, each told from the contract. */
export function parameterCases({ api, operation }: Subject, good: Parameters): readonly ParityCase[] {
  const declared = (operation.definition.parameters ?? []).filter((parameter) => parameter.in === 'query')
  const asked = (title: string, parameters: Parameters, code?: string): ParityCase => ({
    ...{
      group: 'parameters',
      title: `${operation.id}: ${title}`,
      api: api.id,
      ...(code === undefined ? {} : { code }),
    },
    calls: (side) => [get(`${side.pathOf(api, operation.path)}?${queryOf(parameters)}`, bearer(side.caller.full))],
  })
  const without = (name: string) => good.filter(([other]) => other !== name)
  return [
    ...declared.flatMap((parameter) => {
      const { name, required } = parameter
      const codes = codesOf(parameter)
      const sound = good.find(([other]) => other === name)?.[1]
      const wrong = wrongValues(parameter).map((value) =>
        asked(`${name} is "${value.slice(0, 24)}"`, [...without(name), [name, value]], codes.wrong),
      )
      // A list is repeated in its usual form: twice is then somebody else.
      const repeated =
        sound === undefined || name.endsWith('[]') ? [] : [asked(`${name} twice`, [...good, [name, sound]])]
      const listed =
        sound === undefined || name.endsWith('[]')
          ? []
          : [asked(`${name} as a list`, [...without(name), [`${name}[]`, sound]])]
      const missing =
        required === true
          ? [
              asked(`no ${name}`, without(name), codes.missing),
              asked(`an empty ${name}`, [...without(name), [name, '']]),
            ]
          : []
      return [...missing, ...wrong, ...repeated, ...listed]
    }),
    asked('no parameter at all', []),
    asked('a parameter that there is not', [...good, ['inconnu', '1']]),
    asked('too many parameters', [...good, ...Array.from({ length: 210 }, (): [string, string] => ['x', '1'])]),
    badBytes(asked('bytes that are not UTF-8', good)),
  ]
}

/** What the contract promises to whoever lacks the parameter, or has it wrong. */
function codesOf({ 'x-error-code': code }: ParameterDefinition): {
  readonly missing?: string
  readonly wrong?: string
} {
  return typeof code === 'string' ? { missing: code, wrong: code } : (code ?? {})
}

/** One a kind, none of which the schema takes. */
function wrongValues({ schema }: ParameterDefinition): readonly string[] {
  const items = schema?.items
  const own = schema?.type === 'array' && typeof items === 'object' ? (items as Record<string, unknown>) : schema
  if (own === undefined) return []
  const digits = own.format === 'siret' ? ['13002526500014'] : []
  if (own.type === 'integer') return ['abc', '-1', '1.5']
  return own.pattern !== undefined || own.enum !== undefined ? ['§', ...digits] : []
}

const badBytes = (one: ParityCase): ParityCase => ({
  ...one,
  calls: (side) => one.calls(side).map((sent) => ({ ...sent, target: `${sent.target}&nomNaissance=%FF` })),
})
