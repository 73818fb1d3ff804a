import type { ApiVersion, Operation } from '#contract'

export interface CasePlace {
  readonly api: ApiVersion
  readonly operation: Operation
}

/** Operations by the folders that hold their cases. */
export function placesOf(apis: readonly ApiVersion[]): ReadonlyMap<string, CasePlace> {
  const all = apis.flatMap((api) => api.operations.map((operation) => ({ api, operation })))
  return new Map(all.flatMap((place) => foldersOf(place).map((folder): [string, CasePlace] => [folder, place])))
}

/** The folder that an operation's cases are exported to. */
export const folderOf = (place: CasePlace): string => foldersOf(place)[0] ?? ownFolder(place)

const foldersOf = (place: CasePlace): readonly string[] => [
  ...(place.operation.definition['x-case-folders'] ?? []),
  ownFolder(place),
]

const ownFolder = ({ api, operation }: CasePlace) =>
  `${api.code}_v${api.version}_${operation.id}`.replaceAll(/[^A-Za-z0-9._-]+/g, '_')
