import type { Persona } from '#contract'
import { answer } from '../answer.js'
import type { Call } from '../call.js'
import { fieldValues } from '../simulation/field.js'
import type { OperationContext, Simulate } from '../simulation/operation-context.js'
import { isWrong, type ParameterValues } from '../simulation/parameter-reader.js'
import { createParametersReader } from '../simulation/parameters.js'
import { jsonPiece, valueAt } from '../simulation/template.js'
import { lackingHeader } from './needed-headers.js'
import type { PeopleDeclaration } from './people-shape.js'

/** Finds the one person who agrees with every parameter, and gives a token that stands for them. */
export function createPeopleSearch(declaration: PeopleDeclaration, context: OperationContext): Simulate {
  const { needs, none, several, down } = declaration
  const { people } = context
  const parameters = createParametersReader(declaration.parameters, context)
  const empty = { fill: () => undefined }
  return async (call) => {
    const lacking = lackingHeader(call, needs)
    if (lacking !== null) return lacking
    const values = await parameters.read(call)
    if (isWrong(values)) return values
    const [person, ...more] = people.all.filter((persona) => agrees(persona, values, declaration))
    if (person === undefined) return answer(none, empty)
    if (more.length > 0) return answer(several, empty)
    return person.provider === 'down' ? answer(down, empty) : answerFound(person, call)
  }

  function answerFound(person: Persona, { request }: Call) {
    return answer(declaration.found, {
      fill: (name) => {
        if (name === 'token') return jsonPiece(people.issue(person, request, declaration.seconds))
        return name.startsWith('data.') ? jsonPiece(valueAt(person.data, name.slice(5))) : undefined
      },
    })
  }
}

const agrees = ({ data }: Persona, values: ParameterValues, { by }: PeopleDeclaration): boolean =>
  Object.entries(by).every(([name, path]) => {
    const sent = values.get(name)?.texts[0]
    return sent !== undefined && fieldValues(data, path).some((value) => String(value) === sent)
  })
