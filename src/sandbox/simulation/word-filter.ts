import type { Filter, FilterContext, FilterOf } from './filter-context.js'
import { words } from './normalise.js'

/** Rows that hold all the words, or any of them; how well they do is left in the marks. */
export async function wordFilter(declaration: FilterOf<'words'>, { dataset }: FilterContext): Promise<Filter> {
  const index = await dataset.words(declaration.fields)
  return (value, all, marks) => {
    marks.relevance ??= new Float64Array(dataset.rows.length)
    const searched = value.texts.flatMap(words)
    const any = declaration.any !== undefined && all.get(declaration.any.parameter)?.texts[0] === declaration.any.is
    return any ? index.any(searched, marks.relevance) : index.all(searched, marks.relevance)
  }
}
