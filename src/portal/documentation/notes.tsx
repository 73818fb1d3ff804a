import type { Language } from '#base'
import type { Note } from '#contract'
import { DataTable, Notice, tame } from '#theme'

interface NotesProps {
  readonly language: Language
  readonly notes: readonly Note[]
}

/** What there is to know, one heading after another. */
export const Notes = ({ language, notes }: NotesProps) => (
  <>
    {notes.map((note) => (
      <NoteText language={language} note={note} />
    ))}
  </>
)

const NoteText = ({ language, note }: { readonly language: Language; readonly note: Note }) => {
  const { title, text, list, table, heed } = note
  const body = (
    <>
      {text.map((paragraph) => (
        <p>{tame(paragraph[language], 4_000)}</p>
      ))}
      {list.length === 0 ? null : (
        <ul class="points">
          {list.map((point) => (
            <li>{tame(point[language], 4_000)}</li>
          ))}
        </ul>
      )}
      {table === undefined ? null : (
        <DataTable
          caption={title[language]}
          head={table.head.map((cell) => cell[language])}
          rows={table.rows.map((row) => row.map((cell) => tame(cell[language], 4_000)))}
        />
      )}
    </>
  )
  if (heed)
    return (
      <Notice kind="warning" title={title[language]}>
        {body}
      </Notice>
    )
  return (
    <>
      <h3>{title[language]}</h3>
      {body}
    </>
  )
}
