import { createHash } from 'node:crypto'
import { stylesheet } from './stylesheet.js'

export interface Asset {
  readonly contentType: string
  readonly body: string
}

const icon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path fill="#3558c8" d="M3 21V9a9 6 0 0 1 18 0v12h-4V10a5 3.4 0 0 0-10 0v11z"/><path fill="#d9871f" d="M10.5 21v-8h3v8z"/></svg>'

/** What pages load, by path. Each origin that shows pages serves all of it: nothing comes from another origin. */
export const assets: ReadonlyMap<string, Asset> = new Map([
  ['/assets/portique.css', { contentType: 'text/css; charset=utf-8', body: stylesheet }],
  ['/assets/portique.svg', { contentType: 'image/svg+xml', body: icon }],
])

/** With a mark of the content, so that a cached sheet never dresses newer pages. */
export const stylesheetHref = `/assets/portique.css?v=${mark(stylesheet)}`
export const iconHref = `/assets/portique.svg?v=${mark(icon)}`

function mark(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 10)
}
