import type { Json, UpstreamResponse } from '#contract'
import { preferredType } from './examples/accept.js'
import type { AnswerDeclaration } from './simulation/answer-shape.js'
import { bytesOf, type Fill, render } from './simulation/template.js'
import { xmlDocument } from './xml.js'

export interface Filling {
  readonly fill: Fill
  /** Numbers that header templates may name. */
  readonly figures?: Readonly<Record<string, number>>
  /** The caller's `Accept`. */
  readonly accept?: string | undefined
}

/** An answer as its declaration says, filled in. */
export function answer(declaration: AnswerDeclaration, { fill, figures = {}, accept }: Filling): UpstreamResponse {
  const { status, xml } = declaration
  const headers = Object.entries(declaration.headers).flatMap(([name, value]) => [name, filled(value, figures)])
  const pieces = declaration.body === undefined ? undefined : render(declaration.body, fill)
  if (pieces === undefined) return { status, headers, body: null }
  const body = bytesOf(pieces)
  if (xml !== undefined && preferredType(accept, ['application/json', 'application/xml']) === 'application/xml')
    return { status, headers: withType(headers, 'application/xml;charset=UTF-8'), body: asXml(xml, body) }
  return { status, headers: typeOf(headers) < 0 ? withType(headers, 'application/json') : headers, body }
}

const asXml = (root: string, json: Uint8Array) =>
  Buffer.from(xmlDocument(root, JSON.parse(Buffer.from(json).toString('utf8')) as Json))

const typeOf = (headers: readonly string[]) =>
  headers.findIndex((name, index) => index % 2 === 0 && name.toLowerCase() === 'content-type')

const withType = (headers: readonly string[], type: string): readonly string[] => {
  const at = typeOf(headers)
  return at < 0 ? [...headers, 'Content-Type', type] : headers.with(at + 1, type)
}

const filled = (text: string, figures: Readonly<Record<string, number>>) =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(figures, name) ? String(figures[name]) : whole))
