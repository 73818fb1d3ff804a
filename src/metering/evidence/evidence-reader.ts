import type { Clock, Identifiers } from '#base'
import { type ApiVersion, canonicalIdentity, markedParameters, subjectIdentity } from '#contract'
import type { HashPerson } from '#gateway'
import type { Store, Vault } from '#storage'
import type { EvidenceFilter } from './evidence-filter.js'
import { evidenceProblem } from './evidence-problems.js'
import { type EvidencePage, type EvidenceRecord, evidencePage } from './evidence-rows.js'
import { createPersonHash } from './person-hash.js'
import { type PersonTouched, personsTouched } from './persons-touched.js'

/** Reads evidence; whoever reads leaves an audit entry (ANSSI-PA-012: access to logs is logged). */
export interface EvidenceReader {
  /** Oldest first; `after` is the `next` of the page before. Rejects with `evidence/cursor` or `evidence/period`. */
  page(request: { filter: EvidenceFilter; limit: number; after?: string; actor: string }): Promise<EvidencePage>
  /** The persons whose data the calls touched, with how often, when, of which APIs and which fields (RGPD art. 33). */
  persons(request: { filter: EvidenceFilter; actor: string }): Promise<readonly PersonTouched[]>
  /**
   * The keyed hash of a person, from what the contracts call their identity: names of parameters or the words of `x-identity`, or `realm`
   * and `sub`. Rejects with `evidence/person`.
   */
  personOf(values: Readonly<Record<string, string | readonly string[]>>): Promise<string>
}

export interface EvidenceReaderOptions {
  readonly store: Store
  readonly vault: Vault
  readonly identifiers: Identifiers
  readonly clock: Clock
  readonly apis: () => readonly ApiVersion[]
}

export function createEvidenceReader(options: EvidenceReaderOptions): EvidenceReader {
  const { store, identifiers, clock, apis } = options
  let hash: Promise<HashPerson> | undefined

  /** What was asked for, never what was found. */
  const audit = (actor: string, action: string, filter: EvidenceFilter) =>
    store.db
      .insertInto('audit')
      .values({
        id: identifiers.id('aud'),
        at: clock(),
        actor,
        action,
        object: 'evidence',
        detail: JSON.stringify(filter),
      })
      .execute()

  return {
    async page({ filter, limit, after, actor }) {
      if (after === undefined) await audit(actor, 'evidence.read', filter)
      return evidencePage(store.db, filter, { limit, after })
    },
    async persons({ filter, actor }) {
      await audit(actor, 'evidence.persons', filter)
      return personsTouched(store.db, filter)
    },
    async personOf(values) {
      const identity = identityOf(values, marksOf(apis()))
      hash ??= createPersonHash(options)
      return (await hash)(identity)
    },
  }
}

export type { EvidenceFilter, EvidencePage, EvidenceRecord, PersonTouched }

/** What each parameter of the contracts says of a person; a name that says two things in two contracts says neither. */
function marksOf(apis: readonly ApiVersion[]): ReadonlyMap<string, ReadonlySet<string>> {
  const marks = new Map<string, Set<string>>()
  for (const { operations } of apis)
    for (const operation of operations)
      for (const { parameter, mark } of markedParameters(operation).identity) {
        const { name } = parameter
        for (const spelled of [name, name.replace(/\[\]$/, ''), mark])
          marks.set(spelled, (marks.get(spelled) ?? new Set()).add(spelled === mark ? spelled : mark))
      }
  return marks
}

function identityOf(
  values: Readonly<Record<string, string | readonly string[]>>,
  marks: ReadonlyMap<string, ReadonlySet<string>>,
): string {
  const [realm, sub] = [values.realm, values.sub].map((value) => [value].flat()[0])
  if (realm !== undefined && sub !== undefined && Object.keys(values).length === 2) return subjectIdentity(realm, sub)
  const parts = new Map<string, readonly string[]>()
  for (const [name, value] of Object.entries(values)) {
    const [mark, ...others] = marks.get(name) ?? []
    if (mark === undefined) throw evidenceProblem('evidence/person', { unknown: name, known: [...marks.keys()] })
    if (others.length > 0) throw evidenceProblem('evidence/person', { unknown: name, known: [mark, ...others] })
    parts.set(mark, [value].flat())
  }
  const identity = canonicalIdentity(parts)
  if (identity === null) throw evidenceProblem('evidence/person', { unknown: null, known: [...marks.keys()] })
  return identity
}
