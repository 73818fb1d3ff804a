import { formActionSource } from './form-action-source.js'

export interface PageHeaderOptions {
  /**
   * Where a form of this page may end besides our own origin: redirect URIs or origins. Chromium applies `form-action` to every redirect
   * that follows a POST, so a page whose POST ends at a client names that client's redirect URI here.
   */
  readonly formActionOrigins?: readonly string[]
}

/** Headers of every page (ASVS 5.0 V3.4): no inline code, no framing, no referrer, nothing kept, nothing from another origin. */
export function pageHeaders({ formActionOrigins = [] }: PageHeaderOptions = {}): Readonly<Record<string, string>> {
  const sources = new Set(formActionOrigins.flatMap((each) => withFurther(formActionSource(each))))
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      "style-src 'self'",
      "img-src 'self'",
      ["form-action 'self'", ...sources].join(' '),
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cache-Control': 'no-store',
  }
}

/**
 * With what an application's own answer may lead on to: many send their callback home to another origin, and Chromium holds that redirect
 * against the page that was left long ago.
 */
function withFurther(source: string | null): readonly string[] {
  if (source === null) return []
  if (source.startsWith('https:')) return [source, 'https:']
  return source.startsWith('http:') ? [source, 'https:', 'http://localhost:*', 'http://127.0.0.1:*'] : [source]
}
