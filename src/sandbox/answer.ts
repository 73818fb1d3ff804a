import type { UpstreamResponse } from '#contract'
import type { AnswerDeclaration } from './simulation/operation-shape.js'
import { bytesOf, type Fill, render } from './simulation/template.js'

/** Numbers that header templates may name. */
export type Figures = Readonly<Record<string, number>>

/** An answer as its declaration says, filled in. */
export function answer(declaration: AnswerDeclaration, fill: Fill, figures: Figures = {}): UpstreamResponse {
  const headers = Object.entries(declaration.headers).flatMap(([name, value]) => [name, filled(value, figures)])
  const pieces = declaration.body === undefined ? undefined : render(declaration.body, fill)
  if (pieces === undefined) return { status: declaration.status, headers, body: null }
  const typed = headers.some((name, index) => index % 2 === 0 && name.toLowerCase() === 'content-type')
  return {
    status: declaration.status,
    headers: typed ? headers : [...headers, 'Content-Type', 'application/json'],
    body: bytesOf(pieces),
  }
}

const filled = (text: string, figures: Figures) =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(figures, name) ? String(figures[name]) : whole))
