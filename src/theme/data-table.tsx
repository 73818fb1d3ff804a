import type { Child, FC } from 'hono/jsx'

export interface DataTableProps {
  /** Says what the table holds, to those who do not see where it stands. */
  readonly caption: string
  readonly head: readonly string[]
  /** Rows of cells, the first naming its row. */
  readonly rows: readonly (readonly Child[])[]
}

/** Null without rows, and a column without content is left out. A table that becomes a list of cards where the page is narrow; its roles are written out, since such a display takes them away. */
export const DataTable: FC<DataTableProps> = ({ caption, head: titles, rows: all }) => {
  if (all.length === 0) return null
  const kept = titles.map((_, index) => index === 0 || all.some((cells) => !isEmpty(cells[index])))
  const head = titles.filter((_, index) => kept[index])
  const rows = all.map((cells) => cells.filter((_, index) => kept[index]))
  return (
    // biome-ignore lint/a11y/noRedundantRoles: `display: block` would take the role of the element away.
    <table role="table" class="table">
      <caption class="unseen">{caption}</caption>
      {/* biome-ignore lint/a11y/noRedundantRoles: as above. */}
      <thead role="rowgroup">
        {/* biome-ignore lint/a11y/noRedundantRoles: as above. */}
        <tr role="row">
          {head.map((title) => (
            // biome-ignore lint/a11y/noRedundantRoles: as above.
            <th role="columnheader" scope="col">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      {/* biome-ignore lint/a11y/noRedundantRoles: as above. */}
      <tbody role="rowgroup">
        {rows.map((cells) => (
          // biome-ignore lint/a11y/noRedundantRoles: as above.
          <tr role="row">
            {cells.map((cell, index) =>
              index === 0 ? (
                // biome-ignore lint/a11y/noRedundantRoles: as above.
                <th role="rowheader" scope="row" data-label={head[0]}>
                  {cell}
                </th>
              ) : (
                // biome-ignore lint/a11y/noRedundantRoles: as above.
                <td role="cell" data-label={head[index]}>
                  <div>{cell}</div>
                </td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const isEmpty = (cell: Child | undefined) => cell === undefined || cell === null || cell === ''
