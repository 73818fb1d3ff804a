import type { Clock } from '#base'
import type { Dataset } from './dataset.js'
import type { FilterDeclaration } from './filter-shape.js'
import type { ParameterValue, ParameterValues } from './parameter-reader.js'
import type { ParameterDeclaration } from './parameter-shape.js'
import type { RowSet } from './row-set.js'

/** What filters leave for the order of the rows: filled only by those that measure. */
export interface Marks {
  relevance: Float64Array | null
  distance: Float64Array | null
}

/** The rows that a parameter's value keeps. */
export type Filter = (value: ParameterValue, all: ParameterValues, marks: Marks) => RowSet

export interface FilterContext {
  readonly dataset: Dataset
  readonly parameter: ParameterDeclaration
  readonly datasetNamed: (name: string) => Promise<Dataset>
  readonly clock: Clock
}

/** The declaration of one kind of filter. */
export type FilterOf<By extends FilterDeclaration['by']> = Extract<FilterDeclaration, { by: By }>
