/** A generated file, relative to the platform's folder. */
export interface GeneratedFile {
  readonly path: string
  readonly content: string
}

/** One row a line, keys in the order of writing. */
export function jsonLines(path: string, rows: readonly unknown[]): GeneratedFile {
  return { path, content: rows.map((row) => `${JSON.stringify(row)}\n`).join('') }
}

/** A JSON array with one row a line, so that a change reads well. */
export function jsonRows(path: string, rows: readonly unknown[]): GeneratedFile {
  return { path, content: `[\n${rows.map((row) => JSON.stringify(row)).join(',\n')}\n]\n` }
}
