/** What the bench reads of `<data>/dev.json`. */
export type DevFile = {
  readonly url: string
  readonly addresses: readonly { platform: string; environment: string; authorization: string; api: string }[]
  readonly applications: readonly {
    platform: string
    environment: string
    client_id: string
    client_secret: string | null
    scopes: readonly string[]
  }[]
}
