import type { Context } from 'hono'
import { isProblem, Problem } from '#base'

/** Answers with the public side of a problem (RFC 9457); anything else becomes a 500 that says nothing of the inside. */
export function refuse(context: Context, error: unknown): Response {
  const problem = isProblem(error) ? error : internal
  const language = /^\s*fr/i.test(context.req.header('accept-language') ?? '') ? 'fr' : 'en'
  const body = {
    type: 'about:blank',
    title: problem.code,
    status: problem.status,
    code: problem.code,
    detail: problem.text[language],
    ...mistakesOf(problem),
  }
  return new Response(JSON.stringify(body), {
    status: problem.status,
    headers: { 'Content-Type': 'application/problem+json', 'Content-Language': language, 'Cache-Control': 'no-store' },
  })
}

/** A document's mistakes are the caller's own, so they go back whole. */
function mistakesOf(problem: Problem): { mistakes?: unknown } {
  return Array.isArray(problem.detail.mistakes) ? { mistakes: problem.detail.mistakes } : {}
}

const internal = new Problem({
  code: 'control/fault',
  status: 500,
  text: { fr: 'Erreur interne : voir le journal.', en: 'Internal error: see the log.' },
})
