/** What a `Prefer` header asks of an example (RFC 7240): `code=404`, `example=name`. */
export interface Preference {
  readonly code?: string
  readonly example?: string
}

export function readPreference(header: string | undefined): Preference {
  const found: { code?: string; example?: string } = {}
  for (const part of (header ?? '').split(/[,;]/, 20)) {
    const [, name, value] = /^\s*(code|example)\s*=\s*"?([\w.-]{1,100})"?\s*$/i.exec(part) ?? []
    if (name?.toLowerCase() === 'code' && value !== undefined) found.code ??= value
    if (name?.toLowerCase() === 'example' && value !== undefined) found.example ??= value
  }
  return found
}
