import type { Call } from '../call.js'
import type { Dataset } from './dataset.js'
import type { SortDeclaration } from './operation-shape.js'
import { createOrder } from './order.js'
import type { Found } from './search.js'

/** Puts the rows found in the order that the call asks for; an unknown order is the default one. */
export function createSorting(declaration: SortDeclaration | undefined, dataset: Dataset) {
  const orders = new Map(
    Object.entries(declaration?.orders ?? {}).map(([name, keys]) => [name, createOrder(dataset, keys)]),
  )
  const usual = orders.get(declaration?.default ?? '') ?? createOrder(dataset, [])
  return (call: Call, { rows, marks }: Found): Uint32Array => {
    const name = declaration?.parameter === undefined ? null : call.query.get(declaration.parameter)?.[0]
    return (orders.get(name ?? '') ?? usual)(rows, marks)
  }
}
