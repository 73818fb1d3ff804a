import type { Json } from '#contract'
import { isObject } from './simulation/field.js'

/** JSON as a plain XML document: an element for each key, repeated for each entry of a list; null is left out. */
export function xmlDocument(root: string, value: Json): string {
  const entries = Array.isArray(value)
    ? `<${root}>${value.map((entry: Json) => element('item', entry)).join('')}</${root}>`
    : element(root, value)
  return `<?xml version="1.0" encoding="UTF-8"?>${entries}`
}

function element(name: string, value: Json): string {
  if (value === null) return ''
  if (Array.isArray(value)) return value.map((entry: Json) => element(name, entry)).join('')
  const tag = elementName(name)
  const inner = isObject(value)
    ? Object.entries(value)
        .map(([key, own]) => element(key, own))
        .join('')
    : escaped(String(value))
  return `<${tag}>${inner}</${tag}>`
}

const elementName = (name: string) => (/^[A-Za-z_][\w.-]*$/.test(name) ? name : `_${name.replace(/[^\w.-]/g, '_')}`)

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

const escaped = (text: string) => allowed(text).replace(/[&<>"]/g, (character) => entities[character] ?? character)

/** Control characters are not allowed in XML at all (XML 1.0 section 2.2). */
const allowed = (text: string) => text.replace(/[^\P{Cc}\t\n\r]/gu, '')
