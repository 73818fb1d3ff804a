import { availableParallelism } from 'node:os'

/** Which core each part of a bench runs on; the gateway under test never shares its core. */
export type Cores = { readonly gateway: number; readonly load: number; readonly upstream: number }

export function chooseCores(): Cores {
  const cores = availableParallelism()
  if (cores < 2) throw new Error('the bench needs two cores: one for the gateway under test, one for the load')
  return { gateway: 1, load: 0, upstream: cores > 2 ? 2 : 0 }
}
