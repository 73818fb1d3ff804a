import type { Language } from '#base'

/** What every page with one task is told. */
export interface PageContext {
  readonly language: Language
  /** The same page in the other language, on our own origin; absent where a GET cannot bring it back (an error in answer to a POST). */
  readonly otherLanguageHref?: string
}

/** The hidden field that proves a POST came from our page (ASVS 5.0 V3.5.1). */
export interface CsrfField {
  readonly name: string
  readonly value: string
}
