import { type Json, type MovingMonth, refusal, type UpstreamResponse } from '#contract'
import { answer } from '../answer.js'
import type { Call } from '../call.js'
import { currentMonth, withMonths } from '../cases/moving-months.js'
import type { AnswerDeclaration } from '../simulation/answer-shape.js'
import type { OperationContext, Simulate } from '../simulation/operation-context.js'
import { jsonPiece, valueAt } from '../simulation/template.js'
import { lackingHeader } from './needed-headers.js'
import type { PersonaDeclaration } from './persona-shape.js'

/** Answers with one person's data: of the one in whose name the call is made, or for whom a token stands. */
export function createPersonaAnswer(declaration: PersonaDeclaration, { people, clock }: OperationContext): Simulate {
  const { needs, token, data, missing, down, months } = declaration
  const moved = (value: Json, call: Call) =>
    months.length === 0 ? value : withMonths(value, months.map(movingMonth), { current: currentMonth(clock()), call })
  return (call) => {
    const lacking = lackingHeader(call, needs)
    if (lacking !== null) return lacking
    const { api, verified } = call.request
    const person =
      token === undefined
        ? people.subject(verified, api.realm)
        : people.holder(call.header(token.header.toLowerCase()), call.request)
    if (person === null) return token === undefined ? refusal('access/person') : plain(token.refused)
    if (person.provider === 'down' && down !== undefined) return plain(down)
    const value = valueAt(person.data, data)
    if (value !== undefined) return answerWith(declaration, moved(value, call))
    return missing === undefined ? refusal('sandbox/no-answer') : plain(missing)
  }
}

/** The answer that carries a value, as the declaration dresses it. */
export const answerWith = ({ answer: dress }: PersonaDeclaration, value: Json): UpstreamResponse =>
  answer(dress, { fill: (name) => (name === 'data' ? jsonPiece(value) : undefined) })

const plain = (declaration: AnswerDeclaration) => answer(declaration, { fill: () => undefined })

const movingMonth = ({ asked, ...month }: PersonaDeclaration['months'][number]): MovingMonth =>
  asked === undefined ? month : { ...month, asked }
