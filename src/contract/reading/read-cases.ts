import { z } from 'zod'
import type { Operation } from '../api.js'
import type { Json } from '../json.js'
import type { Mistake } from '../mistake.js'
import type { MovingMonth } from '../moving-month.js'
import type { SandboxCase } from '../sandbox-case.js'
import { type CaseSettings, caseShape } from './case-shape.js'
import { suggestion } from './did-you-mean.js'
import { checkShape, mistakeAt, valueAt } from './shape-mistakes.js'
import type { Path, Source } from './source.js'

/** A case with the place it came from, for the deeper checks. */
export interface PlacedCase {
  readonly value: SandboxCase
  readonly source: Source
  readonly at: Path
}

/**
 * The cases of one file of `sandbox/`, held against the operations of the contract. `file` is relative to the version's folder; `unread` are the
 * operations that the contract names and nobody could read, whose own mistakes are told elsewhere.
 */
export function readCases(
  source: Source,
  { operations, unread, file }: Against,
): { readonly cases: readonly PlacedCase[]; readonly mistakes: readonly Mistake[] } {
  if (source.value === undefined) return { cases: [], mistakes: source.mistakes }
  const places: readonly Path[] = Array.isArray(source.value) ? source.value.map((_, index) => [index]) : [[]]
  const read = places.map((at) => {
    const { value, mistakes } = checkShape(caseShape, source, at)
    const own = value === null ? { cases: [], mistakes: [] } : readCase(value, { source, at, operations, unread, file })
    return { cases: own.cases, mistakes: [...mistakes, ...own.mistakes] }
  })
  return {
    cases: read.flatMap(({ cases }) => cases),
    mistakes: [...source.mistakes, ...read.flatMap(({ mistakes }) => mistakes)],
  }
}

interface Against {
  readonly operations: readonly Operation[]
  /** By operationId; null: any may be meant. */
  readonly unread: readonly string[] | null
  readonly file: string
}

interface Around extends Against {
  readonly source: Source
  readonly at: Path
}

function readCase(settings: CaseSettings, { source, at, operations, unread, file }: Around) {
  if (unread === null || (unread.length > 0 && unread.includes(settings.operation ?? unread[0] ?? '')))
    return { cases: [], mistakes: [] }
  const ids = operations.map(({ id }) => id)
  const operation =
    operations.length === 1 && settings.operation === undefined
      ? operations[0]
      : operations.find(({ id }) => id === settings.operation)
  if (operation === undefined) {
    const told =
      settings.operation === undefined
        ? mistakeAt(source, [...at, 'operation'], {
            reason: 'the API has several operations and the case names none',
            mend: `Add "operation": ${ids.join(', ')}.`,
            of: 'key',
          })
        : mistakeAt(source, [...at, 'operation'], {
            reason: `the contract has no operation "${settings.operation}"`,
            mend: suggestion(settings.operation, ids),
          })
    return { cases: [], mistakes: [told] }
  }
  const { payload, wrong } = payloadOf(settings, operation)
  const mistakes = [
    ...wrong.map((reason) => mistakeAt(source, [...at, 'payload'], reason)),
    ...statusMistakes(settings, { source, at, operation }),
    ...parameterMistakes(settings, { source, at, operation }),
    ...optionalMistakes(settings, { source, at }),
    ...monthMistakes(settings, { source, at, payload }),
  ]
  const { title, title_en: titleEn, description, params, status, headers } = settings
  const told = {
    ...(titleEn === undefined ? {} : { titleEn }),
    ...(description === undefined ? {} : { description }),
    ...(settings.optional === undefined ? {} : { optional: settings.optional }),
    ...(settings.months === undefined ? {} : { months: settings.months.map(movingMonth) }),
  }
  const value: SandboxCase = { title, ...told, operation: operation.id, params, status, payload, headers, file }
  return { cases: [{ value, source, at }], mistakes }
}

/** What may be left out must be there. */
function optionalMistakes(
  { optional = [], params }: CaseSettings,
  { source, at }: { readonly source: Source; readonly at: Path },
): readonly Mistake[] {
  return optional.flatMap((name, index) =>
    Object.hasOwn(params, name)
      ? []
      : [
          mistakeAt(source, [...at, 'optional', index], {
            reason: `the case has no parameter "${name}" that a call could leave out`,
            mend: suggestion(name, Object.keys(params)),
          }),
        ],
  )
}

const movingMonth = ({ asked, ...month }: NonNullable<CaseSettings['months']>[number]): MovingMonth =>
  asked === undefined ? month : { ...month, asked }

/** A number that moves must stand in the case already. */
function monthMistakes(
  { months = [], params }: CaseSettings,
  { source, at, payload }: { readonly source: Source; readonly at: Path; readonly payload: unknown },
): readonly Mistake[] {
  return months.flatMap(({ year, month }, index) =>
    [year, month]
      .filter((place) => typeof valueAt({ params, payload }, place.split('.')) !== 'number')
      .map((place) =>
        mistakeAt(source, [...at, 'months', index], {
          reason: `there is no number at "${place}"`,
          mend: 'Write the path of a number of the case, e.g. `payload.data.annee` or `params.annee`.',
        }),
      ),
  )
}

interface Within {
  readonly source: Source
  readonly at: Path
  readonly operation: Operation
}

function statusMistakes({ status }: CaseSettings, { source, at, operation }: Within): readonly Mistake[] {
  const declared = Object.keys(operation.definition.responses ?? {})
  if (responseKey(operation, status) !== null) return []
  return [
    mistakeAt(source, [...at, 'status'], {
      reason: `the operation "${operation.id}" declares no answer ${status}`,
      mend: `Declared: ${declared.join(', ')}. Use one of them, or add ${status} to the contract.`,
    }),
  ]
}

/** The key under which a status is declared: itself, its class (`2XX`) or `default`. */
export function responseKey(operation: Operation, status: number): string | null {
  const responses = operation.definition.responses ?? {}
  return (
    [String(status), `${Math.floor(status / 100)}XX`, 'default'].find((key) => Object.hasOwn(responses, key)) ?? null
  )
}

function parameterMistakes(settings: CaseSettings, { source, at, operation }: Within): readonly Mistake[] {
  const known = parameterNames(operation)
  if (known === null) return []
  return Object.keys(settings.params)
    .filter((name) => !known.includes(name))
    .map((name) =>
      mistakeAt(source, [...at, 'params', name], {
        reason: `the operation "${operation.id}" has no parameter "${name}"`,
        mend: suggestion(name, known),
        of: 'key',
      }),
    )
}

/** Parameters by name (`prenoms` stands for `prenoms[]`), and the keys of the request body; null when the body may hold any key. */
function parameterNames(operation: Operation): readonly string[] | null {
  const names = (operation.definition.parameters ?? []).flatMap(({ name }) => [
    ...new Set([name, name.replace(/\[\]$/, '').trim()]),
  ])
  const bodies = Object.values(operation.definition.requestBody?.content ?? {})
  const keys = bodies.map(({ schema }) =>
    typeof schema?.properties === 'object' && schema.properties !== null ? Object.keys(schema.properties) : null,
  )
  return keys.includes(null) ? null : [...names, ...keys.flatMap((list) => list ?? [])]
}

interface Payload {
  readonly payload: Json | undefined
  readonly wrong: readonly { readonly reason: string; readonly mend: string }[]
}

function payloadOf({ payload, status }: CaseSettings, operation: Operation): Payload {
  if (payload === undefined) return { payload, wrong: [] }
  if (status === 204 || status === 304) {
    return {
      payload: undefined,
      wrong: [
        {
          reason: `an answer ${status} has no body (RFC 9110 section 15)`,
          mend: 'Remove the payload, or change the status.',
        },
      ],
    }
  }
  if (typeof payload !== 'string' || !answersJson(operation, status)) return { payload, wrong: [] }
  try {
    return { payload: z.json().parse(JSON.parse(payload)), wrong: [] }
  } catch (error) {
    const why = error instanceof SyntaxError ? error.message.slice(0, 120) : 'not JSON'
    return {
      payload,
      wrong: [{ reason: `the payload is not JSON: ${why}`, mend: 'Correct the JSON, or write the payload as YAML.' }],
    }
  }
}

function answersJson(operation: Operation, status: number): boolean {
  const key = responseKey(operation, status)
  const content = key === null ? undefined : operation.definition.responses?.[key]?.content
  return Object.keys(content ?? {}).some(isJsonMedia)
}

export const isJsonMedia = (type: string) => /^(application\/([^;]*\+)?json|\*\/\*|application\/\*)\s*(;|$)/i.test(type)
