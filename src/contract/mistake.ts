/** One thing wrong in what an operator wrote: where (from 1; 0 in what no text holds, such as options), what, and what to write instead. */
export interface Mistake {
  /** As it was named by the caller: a path under the folder, or the name of a document sent to be published. */
  readonly file: string
  readonly line: number
  readonly column: number
  readonly reason: string
  readonly mend: string
}

/** By file, then by place. */
export const inOrder = (mistakes: readonly Mistake[]): readonly Mistake[] =>
  mistakes.toSorted((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column))
