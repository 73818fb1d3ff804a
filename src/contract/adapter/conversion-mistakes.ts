import type { Json } from '../json.js'
import type { Mistake } from '../mistake.js'
import { suggestion } from '../reading/did-you-mean.js'
import type { ConversionSettings, PairSettings } from './adapter-shape.js'
import { conversionNamed, conversions } from './conversion.js'
import type { Tell } from './tell.js'

interface Written {
  readonly name: string
  readonly argument: Json | undefined
  /** Other keys beside it. */
  readonly beside: number
  readonly place: readonly (string | number)[]
}

/** The steps of a `convert`, be it one, a list or absent. */
export function conversionsOf(convert: PairSettings['convert']): readonly Written[] {
  if (convert === undefined) return []
  return isOne(convert)
    ? [written(convert, ['convert'])]
    : convert.map((one, index) => written(one, ['convert', index]))
}

/** Names that no conversion has, and arguments that are not its own; in nested pairs too. */
export function conversionMistakes(pairs: readonly PairSettings[], tell: Tell): readonly Mistake[] {
  return pairs.flatMap((pair, index) => {
    const own = conversionsOf(pair.convert).flatMap(({ name, argument, beside, place }) => {
      const wrong = beside > 0 ? several : wrongConversion(name, argument)
      return wrong === null ? [] : [tell([index, ...place], wrong.reason, wrong.mend)]
    })
    const key = pair.each === undefined ? 'map' : 'each'
    const inner = conversionMistakes(pair.each ?? pair.map ?? [], (path, ...rest) =>
      tell([index, key, ...path], ...rest),
    )
    return [...own, ...inner]
  })
}

const several = { reason: 'several conversions in one step', mend: 'Write a list of them: `[trim, { date: … }]`.' }

function wrongConversion(name: string, argument: Json | undefined) {
  const entry = conversionNamed(name)
  if (entry === null)
    return { reason: `no conversion is called "${name}"`, mend: suggestion(name, Object.keys(conversions)) }
  if (entry.argument === null)
    return argument === undefined
      ? null
      : { reason: `the conversion "${name}" takes nothing`, mend: `Write "${name}".` }
  if (entry.argument.safeParse(argument).success) return null
  return {
    reason: `the conversion "${name}" is not written so`,
    mend: `Write it like \`${entry.example}\`: ${entry.does}.`,
  }
}

function written(one: ConversionSettings, place: readonly (string | number)[]): Written {
  if (typeof one === 'string') return { name: one, argument: undefined, beside: 0, place }
  const [[name, argument] = ['', undefined], ...others] = Object.entries(one)
  return { name, argument, beside: others.length, place }
}

const isOne = (convert: NonNullable<PairSettings['convert']>): convert is ConversionSettings => !Array.isArray(convert)
