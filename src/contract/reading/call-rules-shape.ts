import { z } from 'zod'
import type { ParameterDefinition } from '../api.js'
import type { CallRule } from '../call-rule.js'
import type { Mistake } from '../mistake.js'
import { suggestion } from './did-you-mean.js'
import { mistakeAt } from './shape-mistakes.js'
import type { Path, Source } from './source.js'

const name = z.string().min(1)
/** A platform's own code for a refusal. */
const code = z.string().min(1).max(40)

export const errorCodeShape = z
  .union([code, z.strictObject({ missing: code, wrong: code })])
  .describe('The code of its refusal, or `{ missing: …, wrong: … }`.')

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'not a date like 1900-01-01')

/** `x-checks` of an operation. */
export const callRulesShape = z
  .array(
    z.union([
      z.strictObject({
        date: z.tuple([name, name, name]),
        from: day.optional(),
        past: z.boolean().optional(),
        error: code,
      }),
      z.strictObject({ day: name, from: day.optional(), past: z.boolean().optional(), error: code }),
      z.strictObject({ schoolYear: name, from: z.number().int().min(1800), error: code }),
      z.strictObject({
        month: z.tuple([name, name]),
        last: z.number().int().min(1),
        errors: z.strictObject({ year: code, month: code, old: code }),
      }),
      z.strictObject({ year: name, ago: z.number().int().min(0), error: code }),
      z.strictObject({ parameter: name, needs: z.array(name).min(1), error: code }),
      z.strictObject({ choice: z.array(z.array(name).min(1)).min(2), error: code }),
      z.strictObject({ apart: z.tuple([name, name]), error: code }),
    ]),
  )
  .describe(
    'A list of `{ date: [year, month, day], from, past, error }`, `{ day, from, past, error }`, `{ schoolYear, from, error }`, `{ month: [year, month], last, errors: { year, month, old } }`, `{ year, ago, error }`, `{ parameter, needs: [name], error }`, `{ choice: [[name], [name]], error }` or `{ apart: [name, name], error }`.',
  )

const namesOf = (rule: CallRule): readonly string[] => {
  if ('date' in rule) return rule.date
  if ('day' in rule) return [rule.day]
  if ('schoolYear' in rule) return [rule.schoolYear]
  if ('month' in rule) return rule.month
  if ('year' in rule) return [rule.year]
  if ('apart' in rule) return rule.apart
  return 'needs' in rule ? [rule.parameter, ...rule.needs] : rule.choice.flat()
}

/** A rule may only speak of parameters that the operation has. */
export function ruleMistakes(
  source: Source,
  at: Path,
  { rules, parameters }: { readonly rules: readonly CallRule[]; readonly parameters: readonly ParameterDefinition[] },
): readonly Mistake[] {
  const known = parameters.filter((parameter) => parameter.in === 'query').map((parameter) => parameter.name)
  return rules.flatMap((rule, index) =>
    namesOf(rule)
      .filter((one) => !known.includes(one))
      .map((one) =>
        mistakeAt(source, [...at, 'x-checks', index], {
          reason: `the check names the parameter "${one}", which the operation does not have`,
          mend: suggestion(one, known),
        }),
      ),
  )
}
