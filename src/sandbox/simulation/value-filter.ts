import type { Dataset } from './dataset.js'
import { fieldValues } from './field.js'
import type { Filter, FilterContext, FilterOf } from './filter-context.js'
import type { ThroughDeclaration } from './filter-shape.js'
import type { ParameterValues } from './parameter-reader.js'

/** Rows whose field equals, or begins with, one of the values; these may be translated first. */
export async function valueFilter(
  declaration: FilterOf<'equal'> | FilterOf<'prefix'>,
  { dataset, datasetNamed }: FilterContext,
): Promise<Filter> {
  const index = dataset.values(declaration.fields)
  const translations = await Promise.all(
    declaration.through.map(async (step) => translator(step, await datasetNamed(step.dataset))),
  )
  const { translate, exclude, absent } = declaration
  const search = declaration.by === 'equal' ? index.equal : index.startingWith
  return (value, all) => {
    const direct = value.texts.flatMap((text) => (own(translate, text) ?? [text]).map(String))
    const wanted = translations.reduce<readonly string[]>((texts, step) => step(texts, all), direct)
    const set = search(wanted)
    if (absent !== undefined && wanted.includes(absent)) set.join(index.absent())
    if (exclude !== undefined && all.get(exclude.parameter)?.texts[0] === exclude.is) set.invert()
    return set
  }
}

const own = <T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined =>
  record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined

function translator({ where, take, when, add }: ThroughDeclaration, dataset: Dataset) {
  const index = dataset.values([where])
  return (texts: readonly string[], all: ParameterValues): readonly string[] => {
    if (when !== undefined && all.get(when)?.texts[0] !== 'true') return texts
    const rows = texts.flatMap((text) => index.values.get(text) ?? [])
    const taken = rows.flatMap((row) => fieldValues(dataset.rows[row], take).map(String))
    return [...new Set(add ? [...texts, ...taken] : taken)]
  }
}
