/** The application that asks, as the person sees it. */
export interface ApplicationShown {
  readonly name: string
  /** Who runs it, when known. */
  readonly organisation?: string
}
