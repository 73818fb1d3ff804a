import { boundFilter, lastDaysFilter, latestFilter } from './bound-filter.js'
import type { Filter, FilterContext } from './filter-context.js'
import type { FilterDeclaration } from './filter-shape.js'
import { nearFilter } from './near-filter.js'
import { valueFilter } from './value-filter.js'
import { wordFilter } from './word-filter.js'

/** The filter that a declaration asks for, its indexes built. */
export function compileFilter(declaration: FilterDeclaration, context: FilterContext): Filter | Promise<Filter> {
  switch (declaration.by) {
    case 'equal':
    case 'prefix':
      return valueFilter(declaration, context)
    case 'words':
      return wordFilter(declaration, context)
    case 'atLeast':
    case 'atMost':
      return boundFilter(declaration, context)
    case 'lastDays':
      return lastDaysFilter(declaration, context)
    case 'latest':
      return latestFilter(declaration, context)
    case 'near':
      return nearFilter(declaration, context)
  }
}
