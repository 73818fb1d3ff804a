/** Which calls: of all that is given. Times are milliseconds since the epoch, `to` itself left out. */
export interface EvidenceFilter {
  readonly application?: string
  /** Id of a long-lived token, or the mark of another. */
  readonly token?: string
  /** Keyed hash, as `personOf` makes it. */
  readonly person?: string
  /** SIRET of the body for which the data were. */
  readonly recipient?: string
  /** `<platform>/<code>/<version>` */
  readonly api?: string
  readonly from?: number
  readonly to?: number
}
